package dev.drover.gateway.api.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Any;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.util.Durations;
import com.google.rpc.BadRequest;
import com.google.rpc.Code;
import com.google.rpc.ErrorInfo;
import com.google.rpc.PreconditionFailure;
import com.google.rpc.QuotaFailure;
import com.google.rpc.ResourceInfo;
import com.google.rpc.RetryInfo;
import com.google.rpc.Status;
import dev.drover.gateway.error.ErrorDetails;
import dev.drover.gateway.error.ErrorDetails.FieldViolation;
import dev.drover.gateway.error.ErrorDetails.PreconditionViolation;
import dev.drover.gateway.error.GatewayException;
import dev.drover.gateway.error.Reason;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class GrpcErrorsTest {
    private static <M extends Message> M detail(Status status, Class<M> type)
            throws InvalidProtocolBufferException {
        for (Any detail : status.getDetailsList()) {
            if (detail.is(type)) {
                return detail.unpack(type);
            }
        }
        throw new AssertionError("no " + type.getSimpleName() + " in " + status);
    }

    @ParameterizedTest
    @EnumSource(Reason.class)
    void everyReasonIsToldWithDomainAndName(Reason reason) throws Exception {
        Status status = GrpcErrors.status(reason, "text", ErrorDetails.NONE.with("k", "v"));

        assertThat(status.getCode()).isNotEqualTo(Code.OK_VALUE).isNotEqualTo(Code.UNKNOWN_VALUE);
        ErrorInfo info = detail(status, ErrorInfo.class);
        assertThat(info.getReason()).isEqualTo(reason.name());
        assertThat(info.getDomain()).isEqualTo("drover.dev");
        assertThat(info.getMetadataMap()).containsEntry("k", "v");
    }

    @ParameterizedTest
    @CsvSource({
        "INVALID_FIELD, INVALID_ARGUMENT",
        "EXPRESSION_INVALID, INVALID_ARGUMENT",
        "REQUEST_ID_REUSED, INVALID_ARGUMENT",
        "POLICY_DENIED, FAILED_PRECONDITION",
        "TRANSITION_NOT_ALLOWED, FAILED_PRECONDITION",
        "STILL_REFERENCED, FAILED_PRECONDITION",
        "ETAG_MISMATCH, ABORTED",
        "PLAN_DIGEST_CHANGED, ABORTED",
        "NOT_AUTHENTICATED, UNAUTHENTICATED",
        "SELF_APPROVAL_FORBIDDEN, PERMISSION_DENIED",
        "NOMAD_UNREACHABLE, UNAVAILABLE",
        "LIMIT_EXCEEDED, RESOURCE_EXHAUSTED",
        "ALREADY_EXISTS, ALREADY_EXISTS"
    })
    void reasonsHaveTheCodesOfTheErrorTable(Reason reason, Code code) {
        assertThat(GrpcErrors.code(reason)).isEqualTo(code);
    }

    @Test
    void partsOfTheDetailsBecomeTypedDetails() throws Exception {
        ErrorDetails details =
                ErrorDetails.fields(
                                List.of(
                                        new FieldViolation(
                                                "policy.rules[2].expression", "1:4: no")))
                        .with(new PreconditionViolation("POLICY", "policies/prod", "no :latest"))
                        .withRetryAfter(Duration.ofMillis(1500));

        Status status = GrpcErrors.status(Reason.POLICY_DENIED, "text", details);

        assertThat(detail(status, BadRequest.class).getFieldViolations(0).getField())
                .isEqualTo("policy.rules[2].expression");
        assertThat(detail(status, PreconditionFailure.class).getViolations(0).getSubject())
                .isEqualTo("policies/prod");
        assertThat(detail(status, RetryInfo.class).getRetryDelay())
                .isEqualTo(Durations.fromMillis(1500));
        assertThat(
                        detail(
                                        GrpcErrors.status(
                                                GatewayException.notFound(
                                                        "drover.dev/Project", "p"),
                                                "id"),
                                        ResourceInfo.class)
                                .getResourceName())
                .isEqualTo("p");
    }

    @Test
    void whatMaySucceedLaterTellsWhen() throws Exception {
        Status status = GrpcErrors.status(Reason.NOMAD_UNREACHABLE, "text", ErrorDetails.NONE);

        assertThat(detail(status, RetryInfo.class).getRetryDelay().getSeconds()).isOne();
    }

    @Test
    void limitIsAlsoAQuotaFailure() throws Exception {
        Status status = GrpcErrors.status(TooLarge.request(10), "id");

        assertThat(detail(status, QuotaFailure.class).getViolations(0).getSubject())
                .isEqualTo("requestBytes");
    }

    @Test
    void faultTellsItsIdAndNothingElse() throws Exception {
        for (Throwable fault :
                new Throwable[] {
                    new IllegalStateException("secret"),
                    new StackOverflowError("secret"),
                    new GatewayException(Reason.INTERNAL, "secret")
                }) {
            Status status = GrpcErrors.status(fault, "call-7");

            assertThat(status.getCode()).isEqualTo(Code.INTERNAL_VALUE);
            assertThat(status.toString()).doesNotContain("secret");
            assertThat(status.getMessage()).isEqualTo("internal error, id call-7");
            assertThat(detail(status, ErrorInfo.class).getMetadataOrThrow("id"))
                    .isEqualTo("call-7");
        }
    }
}
