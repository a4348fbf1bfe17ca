package dev.drover.gateway.api.dispatch;

import com.google.protobuf.Descriptors.MethodDescriptor;
import com.google.protobuf.Message;
import dev.drover.gateway.call.StreamMethod;
import dev.drover.gateway.call.UnaryMethod;
import dev.drover.v1.AccessLevel;
import java.util.Optional;

/**
 * A method of the API as the edge serves it.
 *
 * @param descriptor what the method takes and gives
 * @param request default instance of the request
 * @param access what a caller must be allowed to do
 * @param unary its implementation, where it has one answer and is implemented
 * @param stream its implementation, where it streams and is implemented
 */
public record ServedMethod(
        MethodDescriptor descriptor,
        Message request,
        AccessLevel access,
        Optional<UnaryMethod> unary,
        Optional<StreamMethod> stream) {

    /** The name as gRPC writes it: {@code drover.v1.ProjectService/CreateProject}. */
    public String fullName() {
        return descriptor.getService().getFullName() + "/" + descriptor.getName();
    }
}
