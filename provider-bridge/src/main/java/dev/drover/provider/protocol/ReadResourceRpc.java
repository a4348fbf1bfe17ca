package dev.drover.provider.protocol;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.drover.provider.framework.Call;
import dev.drover.provider.framework.Reader;
import dev.drover.provider.framework.Resource;
import dev.drover.provider.framework.Schema;
import dev.drover.provider.framework.Value;
import dev.drover.provider.tfplugin6.ReadResource;

/**
 * Reads an object. Its private state is always sent back, because Terraform stores what it gets.
 */
final class ReadResourceRpc extends Rpc<ReadResource.Request> {
    ReadResourceRpc(Session session) {
        super(session);
    }

    @Override
    public String name() {
        return "ReadResource";
    }

    @Override
    ReadResource.Request parse(byte[] request) throws InvalidProtocolBufferException {
        return ReadResource.Request.parseFrom(request);
    }

    @Override
    ReadResource.Response answer(ReadResource.Request request, Call call) {
        Resource resource = session().resource(request.getTypeName());
        Schema schema = resource.schema();
        call.privateState(Values.decodePrivate(request.getPrivate()));
        Value state =
                Reader.read(
                        resource, Values.decode(schema.type(), request.getCurrentState()), call);
        var response =
                ReadResource.Response.newBuilder()
                        .setNewState(Values.encode(schema.type(), state))
                        .setPrivate(Values.encodePrivate(call.privateState()))
                        .addAllDiagnostics(Messages.diagnostics(call));
        Identities.of(resource, state).ifPresent(response::setNewIdentity);
        return response.build();
    }

    @Override
    ReadResource.Response failed(ReadResource.Request request, Call call) {
        return ReadResource.Response.newBuilder()
                .addAllDiagnostics(Messages.diagnostics(call))
                .build();
    }
}
