package dev.drover.provider.resource;

import dev.drover.policy.VersionRange;
import dev.drover.provider.framework.ArgumentException;
import dev.drover.provider.framework.Function;
import dev.drover.provider.framework.Type;
import dev.drover.provider.framework.Value;
import java.util.List;

/** {@code semver_satisfies(v, range)}: whether a version lies in a range. */
final class SemverSatisfies implements Function {
    @Override
    public Signature signature() {
        return Signature.of(
                "Whether a version lies in a range",
                "Compares as Semantic Versioning 2.0.0 says, which is how policies compare too. A prerelease lies in a"
                        + " range only where the range names one of the same version: `>= 1.0` lets no `2.0.0-alpha`"
                        + " through.",
                List.of(
                        Parameter.of(
                                "v",
                                Type.STRING,
                                "A version, for example `1.4.2` or `v1.4.2-rc.1`."),
                        Parameter.of(
                                "range",
                                Type.STRING,
                                "Conditions as Terraform writes them, for example `>= 1.2, < 2.0` or `~> 1.4`.")),
                Type.BOOL);
    }

    @Override
    public Value call(List<Value> arguments) {
        VersionRange range;
        try {
            range = VersionRange.parse(((Value.Text) arguments.get(1)).text());
        } catch (IllegalArgumentException wrong) {
            throw new ArgumentException(1, String.valueOf(wrong.getMessage()));
        }
        try {
            return Value.bool(range.contains(((Value.Text) arguments.get(0)).text()));
        } catch (IllegalArgumentException wrong) {
            throw new ArgumentException(0, String.valueOf(wrong.getMessage()));
        }
    }
}
