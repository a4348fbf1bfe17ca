package dev.drover.gateway.plan;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.drover.gateway.error.ErrorDetails;
import dev.drover.gateway.error.GatewayException;
import dev.drover.gateway.error.Reason;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Texts that stand for sensitive values wherever a job is parsed, kept, shown or hashed. A
 * placeholder depends on the environment and the variable only, so that the same jobspec always
 * renders to the same bytes.
 */
final class Placeholders {

    private static final Pattern PLACEHOLDER =
            Pattern.compile("__drover_sensitive_([A-Za-z0-9_-]+?)_([0-9a-f]{16})__");

    private Placeholders() {}

    /** The placeholder of one variable. */
    static String of(String environment, String variable) {
        return "__drover_sensitive_%s_%s__".formatted(variable, hash(environment, variable));
    }

    /**
     * Another one, of other characters and length, to find out whether the jobspec uses it as it
     * is.
     */
    static String probe(String environment, String variable) {
        return "probe:%2$s:for:%1$s:of-another-length"
                .formatted(variable, hash(environment, variable));
    }

    /** Whether there is a placeholder in the text. */
    static boolean in(String text) {
        return PLACEHOLDER.matcher(text).find();
    }

    /** HCL expressions of placeholders, by variable. */
    static Map<String, String> expressions(String environment, Secrets secrets) {
        Map<String, String> expressions = new TreeMap<>();
        for (String variable : secrets.current().keySet()) {
            expressions.put(variable, HclValue.quoted(of(environment, variable)));
        }
        return expressions;
    }

    /**
     * The job as Nomad gets it.
     *
     * @throws GatewayException JOBSPEC_INVALID where a variable that it needs is not set any more
     */
    static ObjectNode reveal(ObjectNode job, String environment, Secrets secrets) {
        return JsonTexts.replaced(job, text -> reveal(text, environment, secrets));
    }

    private static String reveal(String text, String environment, Secrets secrets) {
        // Most texts have none, and a matcher is not free.
        if (text.indexOf("__drover_sensitive_") < 0) {
            return text;
        }
        return PLACEHOLDER
                .matcher(text)
                .replaceAll(found ->
                        Matcher.quoteReplacement(
                                value(found.group(1), found.group(), environment, secrets)));
    }

    private static String value(
            String variable, String placeholder, String environment, Secrets secrets) {
        if (!placeholder.equals(of(environment, variable))) {
            return placeholder;
        }
        String value = secrets.current().get(variable);
        if (value == null) {
            throw new GatewayException(
                    Reason.JOBSPEC_INVALID,
                    "the job was rendered with the sensitive variable \"%s\", which %s no longer has; set it again"
                            .formatted(variable, environment),
                    ErrorDetails.NONE.with("variable", variable).with("environment", environment));
        }
        return value;
    }

    private static String hash(String environment, String variable) {
        byte[] both = (environment + "\n" + variable).getBytes(StandardCharsets.UTF_8);
        return CanonicalJson.sha256(both).substring(0, 16);
    }
}
