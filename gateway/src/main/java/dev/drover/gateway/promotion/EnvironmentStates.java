package dev.drover.gateway.promotion;

import com.google.protobuf.ByteString;
import dev.drover.gateway.baseline.Lookup;
import dev.drover.gateway.baseline.Versioned;
import dev.drover.gateway.baseline.query.PageToken;
import dev.drover.gateway.decision.SuspensionRules;
import dev.drover.gateway.error.GatewayException;
import dev.drover.gateway.rollout.Times;
import dev.drover.gateway.suspension.Suspensions;
import dev.drover.v1.Application;
import dev.drover.v1.EnvironmentState;
import dev.drover.v1.EnvironmentState.Condition;
import dev.drover.v1.FailureCause;
import dev.drover.v1.ListEnvironmentStatesRequest;
import dev.drover.v1.ListEnvironmentStatesResponse;
import dev.drover.v1.Pipeline;
import dev.drover.v1.Project;
import dev.drover.v1.Promotion;
import dev.drover.v1.Suspension;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** ListEnvironmentStates: what runs of which application in which environment. */
final class EnvironmentStates {
    private static final int SIZE_DEFAULT = 50;
    private static final int SIZE_MAX = 1000;

    private final PromotionStore store;
    private final Lookup lookup;
    private final InstantSource clock;

    EnvironmentStates(PromotionStore store, Lookup lookup, InstantSource clock) {
        this.store = store;
        this.lookup = lookup;
        this.clock = clock;
    }

    private record Place(String application, String environment) {
        ByteString token() {
            return ByteString.copyFromUtf8(application + "\n" + environment);
        }
    }

    ListEnvironmentStatesResponse list(ListEnvironmentStatesRequest request) {
        lookup.get(Project.class, request.getParent());
        if (request.getPageSize() < 0) {
            throw GatewayException.invalidField(
                    "page_size", request.getPageSize() + " is negative; 0 is " + SIZE_DEFAULT);
        }
        int size =
                request.getPageSize() == 0
                        ? SIZE_DEFAULT
                        : Math.min(SIZE_MAX, request.getPageSize());
        String list = "environmentStates\n" + request.getParent();
        List<Place> rest = after(places(request.getParent()), list, request.getPageToken());
        List<Place> page = rest.subList(0, Math.min(size, rest.size()));
        ListEnvironmentStatesResponse.Builder answer = ListEnvironmentStatesResponse.newBuilder();
        page.forEach(place -> answer.addEnvironmentStates(state(place)));
        if (rest.size() > size) {
            answer.setNextPageToken(PageToken.of(list, page.getLast().token()));
        }
        return answer.build();
    }

    private List<Place> places(String project) {
        List<Place> places = new ArrayList<>();
        for (Versioned<Application> one : lookup.list(Application.class, project + "/")) {
            Application application = one.message();
            lookup.find(Pipeline.class, application.getPipeline()).stream()
                    .flatMap(pipeline -> pipeline.message().getStagesList().stream())
                    .flatMap(stage -> stage.getEnvironmentsList().stream())
                    .forEach(environment ->
                            places.add(new Place(application.getName(), environment)));
        }
        return places;
    }

    private static List<Place> after(List<Place> places, String list, String token) {
        if (token.isEmpty()) {
            return places;
        }
        ByteString last = PageToken.place(list, token);
        for (int i = 0; i < places.size(); i++) {
            if (places.get(i).token().equals(last)) {
                return places.subList(i + 1, places.size());
            }
        }
        throw PageToken.unusable();
    }

    EnvironmentState of(String application, String environment) {
        return state(new Place(application, environment));
    }

    private void condition(EnvironmentState.Builder state, Lane lane, Optional<Promotion> last) {
        Optional<Promotion> running = store.promotion(lane.running());
        if (running.isPresent()) {
            boolean held = running.get().getState() == Promotion.State.HELD;
            state.setCondition(held ? Condition.UNDECIDED : Condition.CHANGING)
                    .setConditionMessage(held ? running.get().getStateMessage() : "");
        } else if (lane.intact()) {
            state.setCondition(Condition.INTACT);
        } else if (!lane.since().stopped().isEmpty()) {
            state.setCondition(Condition.STOPPED)
                    .setConditionMessage(
                            store.promotion(lane.since().stopped())
                                    .map(EnvironmentStates::stopped)
                                    .orElse("stopped by " + lane.since().stopped()));
        } else if (last.filter(EnvironmentStates::rollbackFailed).isPresent()) {
            state.setCondition(Condition.ROLLBACK_FAILED)
                    .setConditionMessage(last.get().getStateMessage());
        } else if (last.filter(Promotion::hasStartTime).isPresent()) {
            state.setCondition(Condition.LEFT).setConditionMessage(last.get().getStateMessage());
        } else {
            state.setCondition(lane.good().isPresent() ? Condition.LEFT : Condition.EMPTY);
        }
    }

    private static String stopped(Promotion promotion) {
        return "stopped by %s as %s: %s"
                .formatted(promotion.getRequester(), promotion.getName(), promotion.getReason());
    }

    /** What was done to the release since it was brought, by promotions that bring none. */
    private void since(EnvironmentState.Builder state, Lane lane) {
        state.setStoppedBy(lane.since().stopped()).setRestartedBy(lane.since().restarted());
        if (lane.since().restartedMillis() > 0) {
            state.setRestartTime(
                    Times.timestamp(Instant.ofEpochMilli(lane.since().restartedMillis())));
        }
        lane.good()
                .filter(good -> !good.rendered().equals(good.promotion()))
                .flatMap(good -> store.promotion(good.rendered()))
                .filter(one -> one.getKind() == Promotion.Kind.SCALE)
                .ifPresent(one ->
                        state.setScaledBy(one.getName())
                                .addAllGroupCounts(one.getGroupCountsList()));
    }

    private static boolean rollbackFailed(Promotion promotion) {
        return promotion.getFailureCause() == FailureCause.ROLLBACK_FAILED
                || (promotion.getKind() == Promotion.Kind.ROLLBACK
                        && promotion.getState() == Promotion.State.FAILED);
    }

    private List<Suspension> suspensions(Place place) {
        return Suspensions.inForce(lookup, clock.instant()).stream()
                .filter(one -> SuspensionRules.holds(one, place.environment(), place.application()))
                .toList();
    }

    private EnvironmentState state(Place place) {
        Lane lane = store.lane(place.environment(), place.application());
        EnvironmentState.Builder state =
                EnvironmentState.newBuilder()
                        .setApplication(place.application())
                        .setEnvironment(place.environment())
                        .setLastPromotion(lane.last())
                        .putAllJobVersions(lane.versions())
                        .addAllSuspensions(suspensions(place))
                        .addAllWaitingPromotions(
                                new LaneOrder(lane, store.mode(place.environment())).line());
        lane.good()
                .ifPresent(good ->
                        state.setRelease(good.release())
                                .setPromotion(good.promotion())
                                .setUpdateTime(
                                        Times.timestamp(Instant.ofEpochMilli(good.millis()))));
        Optional<Promotion> last = store.promotion(lane.last());
        last.ifPresent(one -> state.setLastState(one.getState()));
        condition(state, lane, last);
        since(state, lane);
        Stream.of(Stream.of(lane.running()), lane.queue().stream(), lane.open().stream())
                .flatMap(names -> names)
                .filter(name -> !name.isEmpty())
                .findFirst()
                .flatMap(store::promotion)
                .ifPresent(active ->
                        state.setActivePromotion(active.getName())
                                .setActiveState(active.getState()));
        return state.build();
    }
}
