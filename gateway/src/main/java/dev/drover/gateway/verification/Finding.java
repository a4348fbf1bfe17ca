package dev.drover.gateway.verification;

import dev.drover.v1.Sample;
import java.util.Map;

/**
 * What one measurement came to.
 *
 * @param message one sentence
 * @param values the parts of the conditions that decided, with their values
 * @param request what was asked
 */
record Finding(Sample.Result result, String message, Map<String, String> values, String request) {

    /** Longer ones would make the record of a promotion too large to list. */
    private static final int VALUES_MAX = 6;

    static Finding of(Sample.Result result, String message) {
        return new Finding(result, message, Map.of(), "");
    }

    static Finding success(String message) {
        return of(Sample.Result.SUCCESS, message);
    }

    static Finding failure(String message) {
        return of(Sample.Result.FAILURE, message);
    }

    static Finding unclear(String message) {
        return of(Sample.Result.UNCLEAR, message);
    }

    static Finding error(String message) {
        return of(Sample.Result.ERROR, message);
    }

    static Finding refused(String message) {
        return of(Sample.Result.REFUSED, message);
    }

    Finding asking(String what) {
        return new Finding(result, message, values, what);
    }

    /** As evidence, of bounded size; times are left to the caller. */
    Sample.Builder sample() {
        Sample.Builder sample =
                Sample.newBuilder()
                        .setResult(result)
                        .setMessage(Texts.sample(message))
                        .setRequest(Texts.request(request));
        values.entrySet().stream()
                .limit(VALUES_MAX)
                .forEach(value ->
                        sample.putValues(Texts.part(value.getKey()), Texts.part(value.getValue())));
        return sample;
    }
}
