package dev.drover.gateway.plan;

import dev.drover.v1.Policy;
import dev.drover.v1.Verification;
import java.util.Map;
import java.util.TreeMap;

/** Etags and revisions that a plan was made with. */
public final class PlanInputs {

    private PlanInputs() {}

    /** By resource name. */
    public static Map<String, String> of(PlanNouns nouns) {
        Map<String, String> inputs = new TreeMap<>();
        inputs.put(nouns.environment().getName(), nouns.environment().getEtag());
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
}
