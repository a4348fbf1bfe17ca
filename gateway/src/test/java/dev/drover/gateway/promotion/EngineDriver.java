package dev.drover.gateway.promotion;

import dev.drover.gateway.cluster.SimulatedTime;
import dev.drover.gateway.record.WorkList;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.BooleanSupplier;

/** Runs an engine's worker on one thread and a simulated clock: step by step, always the same. */
final class EngineDriver {
    private static final int STEPS_MAX = 200;
    private static final Duration BEAT = Duration.ofMillis(100);

    private final PromotionLab lab;
    private final SimulatedTime time;
    private final String owner;
    private final Worker worker;
    private final Map<String, WorkList.Claim> claims = new LinkedHashMap<>();

    EngineDriver(PromotionLab lab, SimulatedTime time) {
        this.lab = lab;
        this.time = time;
        this.owner = lab.nextOwner();
        this.worker = lab.worker(owner);
    }

    /** Takes over what is there, also from an owner that is taken for dead. */
    EngineDriver claim(Instant deadBefore) {
        lab.files()
                .store()
                .claim(owner, time.instant(), deadBefore, 100)
                .forEach(claim -> claims.put(claim.item(), claim));
        return this;
    }

    Map<String, WorkList.Claim> claims() {
        return claims;
    }

    /** One step of one promotion. */
    Worker.Tick tick(String promotion) {
        Worker.Tick tick =
                worker.tick(Objects.requireNonNull(claims.get(promotion)), time.instant());
        if (tick.kind() == Worker.Tick.Kind.ENDED) {
            claims.remove(promotion);
        }
        return tick;
    }

    /** Steps of everything until nothing goes on without time passing. */
    void round() {
        claim(Instant.EPOCH);
        for (String promotion : claims.keySet().toArray(String[]::new)) {
            int steps = 0;
            while (tick(promotion).kind() == Worker.Tick.Kind.AGAIN) {
                if (steps++ > STEPS_MAX) {
                    throw new IllegalStateException(promotion + " goes on and on");
                }
            }
        }
    }

    /** Lets time pass, in small steps, until it is so. */
    void until(Duration limit, BooleanSupplier done) {
        Instant end = time.instant().plus(limit);
        round();
        while (!done.getAsBoolean()) {
            if (time.instant().isAfter(end)) {
                throw new AssertionError("not within " + limit);
            }
            time.advance(BEAT);
            round();
        }
    }
}
