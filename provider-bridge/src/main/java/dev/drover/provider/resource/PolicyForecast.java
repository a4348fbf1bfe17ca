package dev.drover.provider.resource;

import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.MethodDescriptor;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import dev.drover.provider.framework.Call;
import dev.drover.provider.framework.Diagnostic;
import dev.drover.v1.Policy;
import dev.drover.v1.PolicyChangeProto;
import dev.drover.v1.PreviewPolicyRequest;
import dev.drover.v1.PreviewPolicyResponse;
import io.grpc.Status;
import java.util.Objects;
import java.util.stream.Collectors;

/**
 * Tells in a plan what becomes of promotions where a policy is changed or destroyed: which guards
 * are lost, and what the change would have done to the last promotions.
 */
final class PolicyForecast {
    private final Noun noun;
    private final Gateway gateway;

    PolicyForecast(Noun noun, Gateway gateway) {
        this.noun = noun;
        this.gateway = gateway;
    }

    /** Of a policy as the gateway would have it. */
    void change(Message rehearsed, Call call) {
        if (concerns()) {
            tell(
                    PreviewPolicyRequest.newBuilder()
                            .setPolicy(policy(rehearsed.toByteString()))
                            .build(),
                    "The change of ",
                    call);
        }
    }

    void deletion(String name, Call call) {
        if (concerns()) {
            tell(
                    PreviewPolicyRequest.newBuilder()
                            .setPolicy(Policy.newBuilder().setName(name))
                            .setDeletion(true)
                            .build(),
                    "The deletion of ",
                    call);
        }
    }

    private boolean concerns() {
        return noun.message().getFullName().equals(Policy.getDescriptor().getFullName());
    }

    private void tell(PreviewPolicyRequest request, String what, Call call) {
        String name = request.getPolicy().getName();
        try {
            PreviewPolicyResponse preview =
                    PreviewPolicyResponse.parseFrom(
                            gateway.call(method(), request, call).toByteString());
            if (preview.getWarningsCount() > 0) {
                // One diagnostic: Terraform shows but the first of those with the same summary.
                call.diagnostics()
                        .add(
                                Diagnostic.warning(
                                        what + name + " is felt by promotions",
                                        preview.getWarningsList().stream()
                                                .map(warning -> "It " + warning + ".")
                                                .collect(Collectors.joining("\n"))));
            }
        } catch (RefusedException refused) {
            if (refused.code() == Status.Code.UNIMPLEMENTED) {
                // A gateway from before there were previews.
                return;
            }
            call.diagnostics()
                    .add(
                            Diagnostic.warning(
                                    what + name + " cannot be looked at ahead",
                                    "Which guards are lost is not known: " + refused.text()));
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalStateException("the preview of " + name + " cannot be read", e);
        }
    }

    private static MethodDescriptor method() {
        return Objects.requireNonNull(
                PolicyChangeProto.getDescriptor()
                        .findServiceByName("PolicyChangeService")
                        .findMethodByName("PreviewPolicy"));
    }

    private static Policy policy(ByteString bytes) {
        try {
            return Policy.parseFrom(bytes);
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalStateException("the policy of the rehearsal cannot be read", e);
        }
    }
}
