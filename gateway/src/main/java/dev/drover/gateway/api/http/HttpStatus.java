package dev.drover.gateway.api.http;

import com.google.rpc.Code;

/** The HTTP status of each gRPC code. */
final class HttpStatus {
    static final int PAYLOAD_TOO_LARGE = 413;
    static final int METHOD_NOT_ALLOWED = 405;
    static final int UNSUPPORTED_MEDIA_TYPE = 415;

    private HttpStatus() {}

    static int of(int code) {
        Code known = Code.forNumber(code);
        return switch (known == null ? Code.UNKNOWN : known) {
            case OK -> 200;
            case INVALID_ARGUMENT, FAILED_PRECONDITION, OUT_OF_RANGE -> 400;
            case UNAUTHENTICATED -> 401;
            case PERMISSION_DENIED -> 403;
            case NOT_FOUND -> 404;
            case ALREADY_EXISTS, ABORTED -> 409;
            case RESOURCE_EXHAUSTED -> 429;
            case CANCELLED -> 499;
            case UNIMPLEMENTED -> 501;
            case UNAVAILABLE -> 503;
            case DEADLINE_EXCEEDED -> 504;
            case UNKNOWN, INTERNAL, DATA_LOSS, UNRECOGNIZED -> 500;
        };
    }
}
