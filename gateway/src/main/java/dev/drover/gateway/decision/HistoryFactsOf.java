package dev.drover.gateway.decision;

import com.google.protobuf.Timestamp;
import com.google.protobuf.util.Durations;
import com.google.protobuf.util.Timestamps;
import dev.drover.policy.ImageReference;
import dev.drover.v1.EnvironmentHistory;
import dev.drover.v1.HistoryFacts;
import dev.drover.v1.OutcomeFacts;
import dev.drover.v1.Promotion;
import java.util.List;
import java.util.Map;

/** What rules see of what happened before. */
final class HistoryFactsOf {

    private HistoryFactsOf() {}

    /**
     * By the environment's id.
     *
     * @param releases what happened to the release, by environment: every one that is to be seen
     * @param places what happened to its application, by environment
     */
    static HistoryFacts of(
            Map<String, ReleaseHistory> releases, Map<String, PlaceHistory> places, Timestamp now) {
        HistoryFacts.Builder facts = HistoryFacts.newBuilder();
        releases.forEach((name, past) ->
                facts.putEnvironments(
                        PolicyInputs.id(name),
                        environment(past, places.getOrDefault(name, PlaceHistory.NONE), now)));
        return facts.build();
    }

    private static EnvironmentHistory environment(
            ReleaseHistory past, PlaceHistory place, Timestamp now) {
        EnvironmentHistory.Builder facts =
                EnvironmentHistory.newBuilder()
                        .setSucceeded(past.succeeded())
                        .setHealthy(past.healthy())
                        .setFailures(past.failures())
                        .putAllVerifications(past.verifications())
                        .addAllImages(past.images().stream().map(ImageReference::facts).toList())
                        .setRunningRelease(PolicyInputs.id(place.runningRelease()))
                        .setRunningVersion(place.runningVersion())
                        .addAllOutcomes(
                                place.outcomes().stream().map(HistoryFactsOf::outcome).toList())
                        .setChangeFailureRate(changeFailureRate(place.outcomes()));
        past.successTime()
                .map(PolicyInputs::timestamp)
                .ifPresent(time ->
                        facts.setSuccessTime(time).setSoaked(Timestamps.between(time, now)));
        return facts.build();
    }

    private static OutcomeFacts outcome(PlaceHistory.Outcome outcome) {
        return OutcomeFacts.newBuilder()
                .setPromotion(PolicyInputs.id(outcome.promotion()))
                .setKind(outcome.kind())
                .setRelease(PolicyInputs.id(outcome.release()))
                .setState(outcome.end().state())
                .setTakenBack(outcome.end().takenBack())
                .setEndTime(PolicyInputs.timestamp(outcome.end().time()))
                .setTook(Durations.fromMillis(outcome.end().took().toMillis()))
                .build();
    }

    /** What a person cancelled is neither good nor bad. */
    private static double changeFailureRate(List<PlaceHistory.Outcome> outcomes) {
        List<PlaceHistory.Outcome> changes =
                outcomes.stream()
                        .filter(one -> one.kind().equals(Promotion.Kind.RELEASE.name()))
                        .filter(one -> !one.end().state().equals(Promotion.State.CANCELLED.name()))
                        .toList();
        long bad = changes.stream().filter(HistoryFactsOf::bad).count();
        return changes.isEmpty() ? 0 : (double) bad / changes.size();
    }

    private static boolean bad(PlaceHistory.Outcome change) {
        return change.end().takenBack()
                || !change.end().state().equals(Promotion.State.SUCCEEDED.name());
    }
}
