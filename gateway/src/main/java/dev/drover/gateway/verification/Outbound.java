package dev.drover.gateway.verification;

import dev.drover.v1.HttpHeader;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * Sends requests to hosts that the operator of the gateway allows, and to no others: never to
 * link-local or metadata addresses, whatever their name resolves to, and never on to another host
 * by a redirect. Blocks; called on virtual threads.
 */
public interface Outbound {

    /** Allows nothing. */
    Outbound NONE = request -> new Answer.Refused("this gateway sends no requests");

    /**
     * Sends one request and waits for the whole answer.
     *
     * @return never fails: what goes wrong is an answer, too. No text holds a value that a header
     *     has from a reference.
     */
    Answer send(Request request);

    /**
     * A request.
     *
     * @param uri with scheme http or https
     * @param headers values by reference are resolved when it is sent
     * @param body empty: none
     * @param timeout until the end of the answer
     * @param bytesMax of the answer's body
     */
    record Request(
            String method,
            URI uri,
            List<HttpHeader> headers,
            String body,
            Duration timeout,
            int bytesMax) {
        public Request {
            headers = List.copyOf(headers);
        }
    }

    /** What came back. */
    sealed interface Answer {
        /**
         * An answer.
         *
         * @param headers names in lower case; several values are joined with ", "
         * @param whole whether the body is all of it, and not cut at the limit
         */
        record Received(
                int status,
                Map<String, String> headers,
                String body,
                boolean whole,
                Duration latency)
                implements Answer {
            public Received {
                headers = Map.copyOf(headers);
            }
        }

        /**
         * No answer, or not in time; another attempt may do better.
         *
         * @param why one sentence
         */
        record Failed(String why) implements Answer {}

        /**
         * Not sent, and another attempt would not be either.
         *
         * @param why one sentence, with what the operator would have to change
         */
        record Refused(String why) implements Answer {}
    }
}
