package dev.drover.provider.resource;

import com.google.protobuf.DynamicMessage;
import dev.drover.provider.framework.Absent;
import dev.drover.provider.framework.Call;
import dev.drover.provider.framework.DataSource;
import dev.drover.provider.framework.Schema;
import dev.drover.provider.framework.Value;
import io.grpc.StatusRuntimeException;

/** Any declarative noun, read by its name. */
record NounDataSource(Noun noun, Schema schema, Gateway gateway) implements DataSource {
    @Override
    public Value read(Value.Entries config, Call call) {
        String name =
                noun.name(
                        noun.inProject() ? NounResource.text(config, "project") : "",
                        NounResource.text(config, "name"));
        var method = noun.method("Get");
        DynamicMessage request =
                DynamicMessage.newBuilder(method.getInputType())
                        .setField(method.getInputType().findFieldByName("name"), name)
                        .build();
        try {
            return States.of(noun, schema, gateway.call(method, request, call), config);
        } catch (StatusRuntimeException refused) {
            GatewayErrors.report(refused, noun, "read " + name, gateway.address(), call);
            return Absent.NULL;
        }
    }
}
