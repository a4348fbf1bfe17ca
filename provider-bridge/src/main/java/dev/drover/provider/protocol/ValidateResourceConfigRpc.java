package dev.drover.provider.protocol;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.drover.provider.framework.AttributePath;
import dev.drover.provider.framework.Call;
import dev.drover.provider.framework.Resource;
import dev.drover.provider.framework.Schema;
import dev.drover.provider.framework.Value;
import dev.drover.provider.framework.WriteOnly;
import dev.drover.provider.tfplugin6.ValidateResourceConfig;

/** Checks a resource block. */
final class ValidateResourceConfigRpc extends Rpc<ValidateResourceConfig.Request> {
    ValidateResourceConfigRpc(Session session) {
        super(session);
    }

    @Override
    public String name() {
        return "ValidateResourceConfig";
    }

    @Override
    ValidateResourceConfig.Request parse(byte[] request) throws InvalidProtocolBufferException {
        return ValidateResourceConfig.Request.parseFrom(request);
    }

    @Override
    ValidateResourceConfig.Response answer(ValidateResourceConfig.Request request, Call call) {
        Resource resource = session().resource(request.getTypeName());
        Schema schema = resource.schema();
        Value.Entries config = Values.decodeBlock(schema.type(), request.getConfig());
        if (!request.getClientCapabilities().getWriteOnlyAttributesAllowed()) {
            for (AttributePath path : WriteOnly.used(schema, config)) {
                call.diagnostics()
                        .error(
                                path,
                                "Write-only attribute is not supported here",
                                path
                                        + " is never stored, which takes Terraform 1.11 or OpenTofu 1.11 or newer."
                                        + " Update the command, or leave the attribute out.");
            }
        }
        resource.validate(config, call);
        return failed(request, call);
    }

    @Override
    ValidateResourceConfig.Response failed(ValidateResourceConfig.Request request, Call call) {
        return ValidateResourceConfig.Response.newBuilder()
                .addAllDiagnostics(Messages.diagnostics(call))
                .build();
    }
}
