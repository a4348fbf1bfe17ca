package dev.drover.gateway.api.dispatch;

import java.time.Duration;

/**
 * What one call may take.
 *
 * @param requestBytes size of a request, after decompression
 * @param callTime how long a call with one answer may run where the caller sets no shorter deadline
 * @param slowReader how long a stream waits for a caller that does not read
 */
public record ApiLimits(int requestBytes, Duration callTime, Duration slowReader) {
    /** 4 MiB, two minutes, thirty seconds. */
    public static final ApiLimits DEFAULT =
            new ApiLimits(4 << 20, Duration.ofMinutes(2), Duration.ofSeconds(30));
}
