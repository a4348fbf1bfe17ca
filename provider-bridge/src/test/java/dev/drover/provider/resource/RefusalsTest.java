package dev.drover.provider.resource;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Any;
import com.google.rpc.Code;
import com.google.rpc.ErrorInfo;
import com.google.rpc.Status;
import dev.drover.provider.framework.Call;
import io.grpc.protobuf.StatusProto;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RefusalsTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "METHOD_NOT_FOUND | this gateway has no method drover.v1.HoldService/CreateHold",
                "UNKNOWN_FIELD    | drover.v1.Policy has no field number 31 here",
            })
    void gatewayThatIsOlderThanTheProviderIsToldAsSuch(String reason, String message) {
        Call call = Blocks.call();
        Status status =
                Status.newBuilder()
                        .setCode(Code.UNIMPLEMENTED_VALUE)
                        .setMessage(message)
                        .addDetails(
                                Any.pack(
                                        ErrorInfo.newBuilder()
                                                .setReason(reason)
                                                .setDomain("drover.dev")
                                                .build()))
                        .build();

        new Refusals(Blocks.noun("drover_policy"), new Gateway(Map.of()))
                .report(
                        RefusedException.of(StatusProto.toStatusRuntimeException(status)),
                        "create policies/prod",
                        call);

        assertThat(Blocks.told(call).getFirst())
                .contains(
                        "Cannot create policies/prod",
                        message,
                        "The gateway is older than this provider. Upgrade the gateway, or use the");
    }
}
