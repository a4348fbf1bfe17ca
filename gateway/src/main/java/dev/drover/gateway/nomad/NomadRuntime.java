package dev.drover.gateway.nomad;

import io.vertx.core.Vertx;
import java.time.InstantSource;
import java.util.random.RandomGenerator;

/** What all clusters share. */
record NomadRuntime(
        Vertx vertx,
        InstantSource clock,
        RandomGenerator random,
        NomadListener listener,
        WatchTimings timings) {}
