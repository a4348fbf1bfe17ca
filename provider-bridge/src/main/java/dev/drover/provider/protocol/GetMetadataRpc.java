package dev.drover.provider.protocol;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.drover.provider.framework.Call;
import dev.drover.provider.tfplugin6.GetMetadata;

/** Lists what there is, without schemas. */
final class GetMetadataRpc extends Rpc<GetMetadata.Request> {
    GetMetadataRpc(Session session) {
        super(session);
    }

    @Override
    public String name() {
        return "GetMetadata";
    }

    @Override
    GetMetadata.Request parse(byte[] request) throws InvalidProtocolBufferException {
        return GetMetadata.Request.parseFrom(request);
    }

    @Override
    GetMetadata.Response answer(GetMetadata.Request request, Call call) {
        GetMetadata.Response.Builder response =
                GetMetadata.Response.newBuilder()
                        .setServerCapabilities(SchemaMessages.capabilities());
        session()
                .provider()
                .resourceTypes()
                .forEach(type -> response.addResourcesBuilder().setTypeName(type));
        session()
                .provider()
                .dataSourceTypes()
                .forEach(type -> response.addDataSourcesBuilder().setTypeName(type));
        session()
                .provider()
                .ephemeralTypes()
                .forEach(type -> response.addEphemeralResourcesBuilder().setTypeName(type));
        session()
                .provider()
                .listTypes()
                .forEach(type -> response.addListResourcesBuilder().setTypeName(type));
        session()
                .provider()
                .functionNames()
                .forEach(name -> response.addFunctionsBuilder().setName(name));
        return response.build();
    }

    @Override
    GetMetadata.Response failed(GetMetadata.Request request, Call call) {
        return GetMetadata.Response.newBuilder()
                .addAllDiagnostics(Messages.diagnostics(call))
                .build();
    }
}
