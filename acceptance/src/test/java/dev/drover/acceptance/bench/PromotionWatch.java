package dev.drover.acceptance.bench;

import dev.drover.v1.Promotion;
import dev.drover.v1.PromotionServiceGrpc;
import dev.drover.v1.WatchPromotionsRequest;
import dev.drover.v1.WatchPromotionsResponse;
import io.grpc.stub.StreamObserver;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;

/** Follows promotions as {@code drover promote} does, by a stream of changes. */
final class PromotionWatch implements StreamObserver<WatchPromotionsResponse> {
    private static final InstantSource CLOCK = InstantSource.system();

    private final Map<String, CompletableFuture<Instant>> ends = new ConcurrentHashMap<>();

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

    @Override
    public void onNext(WatchPromotionsResponse event) {
        Promotion promotion = event.getPromotion();
        switch (promotion.getState()) {
            case SUCCEEDED -> end(promotion.getName()).complete(CLOCK.instant());
            case BLOCKED, FAILED, ROLLED_BACK, PENDING_APPROVAL ->
                    end(promotion.getName())
                            .completeExceptionally(new IllegalStateException("" + promotion));
            default -> {}
        }
    }

    @Override
    public void onError(Throwable lost) {
        ends.values().forEach(end -> end.completeExceptionally(lost));
    }

    @Override
    public void onCompleted() {
        onError(new IllegalStateException("the gateway ended the stream"));
    }
}
