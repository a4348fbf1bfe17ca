package dev.drover.gateway.plan;

import com.google.protobuf.ByteString;
import com.google.protobuf.CodedOutputStream;
import dev.drover.gateway.baseline.Etags;
import dev.drover.v1.Environment;
import dev.drover.v1.Policy;
import dev.drover.v1.Verification;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.TreeMap;

/** Etags and revisions that a plan was made with. */
public final class PlanInputs {

    private PlanInputs() {}

    /** By resource name. */
    public static Map<String, String> of(PlanNouns nouns) {
        Map<String, String> inputs = new TreeMap<>();
        inputs.put(nouns.environment().getName(), content(nouns.environment()));
        inputs.put(nouns.application().getName(), nouns.application().getEtag());
        inputs.put(nouns.pipeline().getName(), nouns.pipeline().getEtag());
        inputs.put(nouns.release().getName(), nouns.release().getDigest());
        for (Policy policy : nouns.policies()) {
            inputs.put(policy.getName(), Long.toString(policy.getRevision()));
        }
        for (Verification verification : nouns.verifications()) {
            inputs.put(verification.getName(), verification.getEtag());
        }
        return inputs;
    }

    /**
     * A digest of what an environment says about jobs and rules. How promotions wait for one
     * another is no part of what people approve: who edits that voids no approvals.
     */
    private static String content(Environment environment) {
        Environment asked =
                environment.toBuilder()
                        .clearEtag()
                        .clearUpdateTime()
                        .clearLaneMode()
                        .clearMaxRunningPromotions()
                        .build();
        ByteString.Output bytes = ByteString.newOutput();
        CodedOutputStream out = CodedOutputStream.newInstance(bytes);
        out.useDeterministicSerialization();
        try {
            asked.writeTo(out);
            out.flush();
        } catch (IOException e) {
            throw new UncheckedIOException("memory cannot fail", e);
        }
        return Etags.of(0, bytes.toByteString());
    }
}
