package dev.drover.provider.protocol;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.drover.provider.framework.Call;
import dev.drover.provider.tfplugin6.GetFunctions;

/** Lists the functions; OpenTofu asks for them apart from the schemas. */
final class GetFunctionsRpc extends Rpc<GetFunctions.Request> {
    GetFunctionsRpc(Session session) {
        super(session);
    }

    @Override
    public String name() {
        return "GetFunctions";
    }

    @Override
    GetFunctions.Request parse(byte[] request) throws InvalidProtocolBufferException {
        return GetFunctions.Request.parseFrom(request);
    }

    @Override
    GetFunctions.Response answer(GetFunctions.Request request, Call call) {
        return GetFunctions.Response.newBuilder()
                .putAllFunctions(FunctionMessages.of(session().provider()))
                .build();
    }

    @Override
    GetFunctions.Response failed(GetFunctions.Request request, Call call) {
        return GetFunctions.Response.newBuilder()
                .addAllDiagnostics(Messages.diagnostics(call))
                .build();
    }
}
