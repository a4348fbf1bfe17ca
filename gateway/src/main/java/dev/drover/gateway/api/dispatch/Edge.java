package dev.drover.gateway.api.dispatch;

import io.vertx.core.Vertx;
import java.util.random.RandomGenerator;

/**
 * What every face needs to carry out a call.
 *
 * @param vertx timers and contexts
 * @param methods what is served
 * @param dispatcher runs a call on its thread
 * @param threads makes these threads
 * @param limits of one call
 * @param live the calls that are running
 * @param random makes call ids
 */
public record Edge(
        Vertx vertx,
        ServedMethods methods,
        Dispatcher dispatcher,
        RequestThreads threads,
        ApiLimits limits,
        LiveCalls live,
        RandomGenerator random) {}
