package dev.drover.gateway.verification;

import dev.drover.gateway.rollout.Times;
import dev.drover.v1.HttpFacts;
import dev.drover.v1.HttpMeasurement;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;

/** Measures by an HTTP request. */
final class HttpAnswers {
    /** What conditions see of a body; the language takes no longer text. */
    private static final int BODY_CHARACTERS = 16_384;

    private static final int BODY_BYTES = 65_536;
    private static final Duration TIMEOUT = Duration.ofSeconds(5);

    private final Outbound outbound;
    private final Conditions conditions;

    HttpAnswers(Outbound outbound, Conditions conditions) {
        this.outbound = outbound;
        this.conditions = conditions;
    }

    Finding measure(Subject subject, HttpMeasurement declared) {
        String method = declared.getMethod().isEmpty() ? "GET" : declared.getMethod();
        String url = subject.fill(declared.getUrl());
        Outbound.Request request =
                new Outbound.Request(
                        method,
                        uri(url),
                        declared.getHeadersList(),
                        subject.fill(declared.getBody()),
                        declared.hasTimeout() ? Times.duration(declared.getTimeout()) : TIMEOUT,
                        BODY_BYTES);
        return finding(declared, outbound.send(request)).asking(method + " " + url);
    }

    /** The address of a request. */
    static URI uri(String url) {
        try {
            URI uri = new URI(url);
            if (uri.getHost() == null) {
                throw new Subject.UnfitException("\"" + url + "\" names no host");
            }
            return uri;
        } catch (URISyntaxException e) {
            throw new Subject.UnfitException("\"" + url + "\" is no address: " + e.getReason());
        }
    }

    private Finding finding(HttpMeasurement declared, Outbound.Answer answer) {
        return switch (answer) {
            case Outbound.Answer.Received received ->
                    conditions.judge(
                            new Conditions.Pair(
                                    "http",
                                    declared.getSuccessCondition(),
                                    declared.getFailureCondition()),
                            facts(received));
            // A service that does not answer is what a probe is there to find out.
            case Outbound.Answer.Failed failed -> Finding.failure(failed.why());
            case Outbound.Answer.Refused refused -> Finding.refused(refused.why());
        };
    }

    private static HttpFacts facts(Outbound.Answer.Received received) {
        String body = received.body();
        return HttpFacts.newBuilder()
                .setStatus(received.status())
                .setBody(body.substring(0, Math.min(body.length(), BODY_CHARACTERS)))
                .setLatency(Times.duration(received.latency()))
                .putAllHeaders(received.headers())
                .build();
    }
}
