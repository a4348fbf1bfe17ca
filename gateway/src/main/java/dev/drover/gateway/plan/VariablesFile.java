package dev.drover.gateway.plan;

import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import dev.drover.gateway.error.ErrorDetails;
import dev.drover.gateway.error.GatewayException;
import dev.drover.gateway.error.Reason;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** The variables that a jobspec gets, as the text of an HCL variables file. */
final class VariablesFile {

    private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_-]*");

    private VariablesFile() {}

    /**
     * Variables that may be shown.
     *
     * @param sensitive names of the environment's sensitive variables
     * @throws GatewayException INVALID_FIELD where the release sets what the environment sets, or a
     *     name cannot be that of a variable
     */
    static Map<String, String> open(
            Struct environment,
            Struct release,
            Iterable<String> sensitive,
            String environmentName) {
        Map<String, String> values = new TreeMap<>();
        environment
                .getFieldsMap()
                .forEach((name, value) -> put(values, "environment", name, value));
        for (String name : sensitive) {
            if (environment.containsFields(name)) {
                throw GatewayException.invalidField(
                        "environment.sensitive_variables",
                        "\"%s\" is also one of environment.variables; keep one of them"
                                .formatted(name));
            }
            refuseOverride(release, name, environmentName);
        }
        environment
                .getFieldsMap()
                .keySet()
                .forEach(name -> refuseOverride(release, name, environmentName));
        release.getFieldsMap().forEach((name, value) -> put(values, "release", name, value));
        return values;
    }

    static String text(Map<String, String> expressions) {
        StringBuilder text = new StringBuilder();
        expressions.forEach(
                (name, value) -> text.append(name).append(" = ").append(value).append('\n'));
        return text.toString();
    }

    private static void refuseOverride(Struct release, String name, String environment) {
        if (release.containsFields(name)) {
            String why =
                    "\"%s\" is set by %s and a release may not override it; rename one of them"
                            .formatted(name, environment);
            throw new GatewayException(
                    Reason.INVALID_FIELD,
                    "release.variables: " + why,
                    ErrorDetails.field("release.variables", why).with("variable", name));
        }
    }

    private static void put(Map<String, String> values, String owner, String name, Value value) {
        if (!NAME.matcher(name).matches()) {
            throw GatewayException.invalidField(
                    owner + ".variables",
                    "\"%s\" cannot be the name of an HCL variable; use letters, digits, _ and -"
                            .formatted(name));
        }
        values.put(name, HclValue.expression(value));
    }
}
