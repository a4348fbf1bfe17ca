package dev.drover.acceptance.bench;

import dev.drover.v1.Phase;
import dev.drover.v1.Promotion;
import dev.drover.v1.PromotionServiceGrpc;
import dev.drover.v1.WatchPromotionsRequest;
import dev.drover.v1.WatchPromotionsResponse;
import io.grpc.stub.StreamObserver;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;

/** Follows promotions as {@code drover promote} does, by a stream of changes. */
final class PromotionWatch implements StreamObserver<WatchPromotionsResponse> {
    private static final InstantSource CLOCK = InstantSource.system();

    private final Map<String, CompletableFuture<Instant>> ends = new ConcurrentHashMap<>();

    private final Map<String, CompletableFuture<Void>> pauses = new ConcurrentHashMap<>();
    private volatile Optional<Throwable> lost = Optional.empty();

    private PromotionWatch() {}

    static PromotionWatch of(GatewayProcess gateway) {
        PromotionWatch watch = new PromotionWatch();
        gateway.stub(PromotionServiceGrpc::newStub)
                .watchPromotions(
                        WatchPromotionsRequest.newBuilder().setParent(Shop.PROJECT).build(), watch);
        return watch;
    }

    /** When this promotion will have succeeded. */
    CompletableFuture<Instant> end(String promotion) {
        return ends.computeIfAbsent(promotion, name -> new CompletableFuture<>());
    }

    /** When this promotion will wait for a person. */
    CompletableFuture<Void> paused(String promotion) {
        return pauses.computeIfAbsent(promotion, name -> new CompletableFuture<>());
    }

    /** That the stream still stands. */
    void check() {
        lost.ifPresent(cause -> {
            throw new IllegalStateException("the watch was lost", cause);
        });
    }

    @Override
    public void onNext(WatchPromotionsResponse event) {
        Promotion promotion = event.getPromotion();
        if (promotion.getRollout().getPhasesList().stream()
                .anyMatch(phase -> phase.getState() == Phase.State.PAUSED)) {
            paused(promotion.getName()).complete(null);
        }
        switch (promotion.getState()) {
            case SUCCEEDED -> end(promotion.getName()).complete(CLOCK.instant());
            case BLOCKED, FAILED, ROLLED_BACK, PENDING_APPROVAL ->
                    end(promotion.getName())
                            .completeExceptionally(new IllegalStateException("" + promotion));
            default -> {}
        }
    }

    @Override
    public void onError(Throwable failure) {
        lost = Optional.of(failure);
        ends.values().forEach(end -> end.completeExceptionally(failure));
        pauses.values().forEach(pause -> pause.completeExceptionally(failure));
    }

    @Override
    public void onCompleted() {
        onError(new IllegalStateException("the gateway ended the stream"));
    }
}
