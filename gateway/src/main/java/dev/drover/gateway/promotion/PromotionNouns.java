package dev.drover.gateway.promotion;

import dev.drover.gateway.auth.Principal;
import dev.drover.gateway.baseline.Baseline;
import dev.drover.gateway.baseline.Lookup;
import dev.drover.gateway.baseline.Versioned;
import dev.drover.gateway.plan.Guards;
import dev.drover.gateway.plan.PlanNouns;
import dev.drover.gateway.plan.StageVerifications;
import dev.drover.gateway.suspension.Suspensions;
import dev.drover.v1.Application;
import dev.drover.v1.Calendar;
import dev.drover.v1.Cluster;
import dev.drover.v1.Environment;
import dev.drover.v1.Pipeline;
import dev.drover.v1.Promotion;
import dev.drover.v1.Release;
import dev.drover.v1.ServiceAccount;
import dev.drover.v1.Suspension;
import dev.drover.v1.Verification;
import java.time.Instant;
import java.util.List;

/** Reads the nouns that a promotion is about. */
final class PromotionNouns {
    private final Lookup lookup;
    private final Baseline baseline;

    PromotionNouns(Lookup lookup) {
        this.lookup = lookup;
        this.baseline = new Baseline(lookup);
    }

    /** All of them as they are now; NOT_FOUND names what is missing. */
    PlanNouns of(String release, String environment, Promotion.Kind kind) {
        Application application = baseline.application(Names.application(release)).message();
        Pipeline pipeline = baseline.pipeline(application.getPipeline()).message();
        Environment place = baseline.environment(environment).message();
        return new PlanNouns(
                lookup.get(Release.class, release).message(),
                place,
                application,
                pipeline,
                baseline.cluster(place.getCluster()).message(),
                new Guards(
                        baseline.project(Names.project(release)).message(),
                        kind.name(),
                        baseline.policies().stream().map(Versioned::message).toList()),
                StageVerifications.of(application, pipeline, place).stream()
                        .map(name -> lookup.get(Verification.class, name).message())
                        .toList());
    }

    Environment environment(String name) {
        return baseline.environment(name).message();
    }

    Cluster cluster(String name) {
        return baseline.cluster(name).message();
    }

    List<Calendar> calendars(List<String> names) {
        return names.stream().map(name -> lookup.get(Calendar.class, name).message()).toList();
    }

    /**
     * Whether a program asks. An account that is gone may have been a program's: the bounds of
     * programs are the ones to keep.
     */
    boolean automated(String requester) {
        return !requester.equals(Principal.ROOT.account())
                && (requester.equals(Principal.DROVER.account())
                        || lookup.find(ServiceAccount.class, requester)
                                .map(Versioned::message)
                                .map(ServiceAccount::getAutomation)
                                .orElse(true));
    }

    List<Suspension> suspensions(Instant now) {
        return Suspensions.inForce(lookup, now);
    }

    Lookup lookup() {
        return lookup;
    }
}
