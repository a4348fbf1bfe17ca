package dev.drover.gateway.promotion;

import dev.drover.gateway.baseline.Baseline;
import dev.drover.gateway.baseline.Lookup;
import dev.drover.gateway.baseline.Versioned;
import dev.drover.gateway.plan.PlanNouns;
import dev.drover.v1.Application;
import dev.drover.v1.Environment;
import dev.drover.v1.Release;

/** Reads the nouns that a promotion is about. */
final class PromotionNouns {
    private final Lookup lookup;
    private final Baseline baseline;

    PromotionNouns(Lookup lookup) {
        this.lookup = lookup;
        this.baseline = new Baseline(lookup);
    }

    /** All of them as they are now; NOT_FOUND names what is missing. */
    PlanNouns of(String release, String environment) {
        Application application = baseline.application(Names.application(release)).message();
        Environment place = baseline.environment(environment).message();
        return new PlanNouns(
                lookup.get(Release.class, release).message(),
                place,
                application,
                baseline.pipeline(application.getPipeline()).message(),
                baseline.cluster(place.getCluster()).message(),
                baseline.policies().stream().map(Versioned::message).toList());
    }

    Environment environment(String name) {
        return baseline.environment(name).message();
    }

    Lookup lookup() {
        return lookup;
    }
}
