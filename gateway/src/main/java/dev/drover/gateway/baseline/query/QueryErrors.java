package dev.drover.gateway.baseline.query;

import dev.drover.gateway.error.ErrorDetails;
import dev.drover.gateway.error.GatewayException;
import dev.drover.gateway.error.Reason;

/** Refusals of a filter, an order or a page token. */
final class QueryErrors {
    private QueryErrors() {}

    static GatewayException at(String field, int offset, String why) {
        return of(field, "column " + (offset + 1) + ": " + why);
    }

    static GatewayException of(String field, String why) {
        return new GatewayException(
                Reason.INVALID_QUERY, field + ": " + why, ErrorDetails.field(field, why));
    }
}
