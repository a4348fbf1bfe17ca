package dev.drover.provider.protocol;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.drover.provider.framework.Call;
import dev.drover.provider.framework.Reader;
import dev.drover.provider.framework.Resource;
import dev.drover.provider.framework.Value;
import dev.drover.provider.tfplugin6.ImportResourceState;

/** Starts an import: exactly one object, or an error. */
final class ImportResourceStateRpc extends Rpc<ImportResourceState.Request> {
    ImportResourceStateRpc(Session session) {
        super(session);
    }

    @Override
    public String name() {
        return "ImportResourceState";
    }

    @Override
    ImportResourceState.Request parse(byte[] request) throws InvalidProtocolBufferException {
        return ImportResourceState.Request.parseFrom(request);
    }

    @Override
    ImportResourceState.Response answer(ImportResourceState.Request request, Call call) {
        Resource resource = session().resource(request.getTypeName());
        Value.Entries stub = stub(resource, request, call);
        if (call.diagnostics().hasErrors()) {
            return failed(request, call);
        }
        var imported =
                ImportResourceState.ImportedResource.newBuilder()
                        .setTypeName(request.getTypeName())
                        .setState(Values.encode(resource.schema().type(), stub))
                        .setPrivate(Values.encodePrivate(call.privateState()));
        Identities.of(resource, stub).ifPresent(imported::setIdentity);
        return ImportResourceState.Response.newBuilder()
                .addImportedResources(imported)
                .addAllDiagnostics(Messages.diagnostics(call))
                .build();
    }

    private static Value.Entries stub(
            Resource resource, ImportResourceState.Request request, Call call) {
        if (request.getId().isEmpty()
                && request.hasIdentity()
                && resource.identity().isPresent()
                && Identities.decode(resource.identity().get(), request.getIdentity())
                        instanceof Value.Entries identity) {
            return Reader.importState(resource, identity, call);
        }
        return Reader.importState(resource, request.getId(), call);
    }

    @Override
    ImportResourceState.Response failed(ImportResourceState.Request request, Call call) {
        return ImportResourceState.Response.newBuilder()
                .addAllDiagnostics(Messages.diagnostics(call))
                .build();
    }
}
