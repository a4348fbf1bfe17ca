package dev.drover.provider.resource;

import com.google.protobuf.Descriptors.MethodDescriptor;
import com.google.protobuf.Message;
import dev.drover.provider.framework.Absent;
import dev.drover.provider.framework.Attribute;
import dev.drover.provider.framework.Call;
import dev.drover.provider.framework.DataSource;
import dev.drover.provider.framework.Schema;
import dev.drover.provider.framework.Value;
import dev.drover.v1.PolicyProto;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * {@code drover_effective_windows}: when promotions may begin to run in an environment. Its
 * attributes are the fields of the method that it calls.
 */
record EffectiveWindows(Schema schema, List<Attribute> outputs, Gateway gateway)
        implements DataSource {
    static final String TYPE = "drover_effective_windows";

    private static final MethodDescriptor METHOD =
            PolicyProto.getDescriptor()
                    .findServiceByName("PolicyService")
                    .findMethodByName("ListEffectiveWindows");

    static EffectiveWindows of(NounAttributes attributes, Gateway gateway) {
        List<Attribute> outputs = attributes.outputs(METHOD.getOutputType());
        List<Attribute> all = new ArrayList<>(attributes.inputs(METHOD.getInputType()));
        all.addAll(outputs);
        String description =
                "When promotions may begin to run in an environment, by the windows of all policies that guard it.";
        return new EffectiveWindows(new Schema(0, description, all), outputs, gateway);
    }

    @Override
    public void validate(Value.Entries config, Call call) {
        new Declaration(METHOD.getInputType(), config).problems().forEach(call.diagnostics()::add);
    }

    @Override
    public Value read(Value.Entries config, Call call) {
        Declaration request = new Declaration(METHOD.getInputType(), config);
        try {
            Message answer = gateway.call(METHOD, request.message(), call);
            Map<String, Value> values = new LinkedHashMap<>(config.values());
            values.putAll(States.observed(outputs, answer).values());
            return new Value.Entries(values);
        } catch (RefusedException refused) {
            new Refusals(schema, gateway).report(refused, "list effective windows", call);
            return Absent.NULL;
        }
    }
}
