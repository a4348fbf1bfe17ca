package dev.drover.provider.resource;

import com.google.protobuf.Descriptors.MethodDescriptor;
import com.google.protobuf.DynamicMessage;
import com.google.protobuf.Message;
import dev.drover.provider.framework.Absent;
import dev.drover.provider.framework.Attribute;
import dev.drover.provider.framework.Attribute.Nesting;
import dev.drover.provider.framework.Attribute.Presence;
import dev.drover.provider.framework.Call;
import dev.drover.provider.framework.DataSource;
import dev.drover.provider.framework.Schema;
import dev.drover.provider.framework.Type;
import dev.drover.provider.framework.Value;
import dev.drover.v1.EnvironmentState;
import dev.drover.v1.PromotionProto;
import java.util.ArrayList;
import java.util.List;

/** {@code drover_environment_state}: what runs where in a project. */
record EnvironmentStates(Schema schema, List<Attribute> state, Gateway gateway)
        implements DataSource {
    static final String TYPE = "drover_environment_state";

    private static final int PAGE = 500;
    private static final MethodDescriptor METHOD =
            PromotionProto.getDescriptor()
                    .findServiceByName("PromotionService")
                    .findMethodByName("ListEnvironmentStates");

    static EnvironmentStates of(NounAttributes attributes, Gateway gateway) {
        List<Attribute> state = attributes.outputs(EnvironmentState.getDescriptor());
        Schema schema =
                new Schema(
                        0,
                        "What runs where: each application of a project in each environment of its pipeline.",
                        List.of(
                                Attribute.of("project", Type.STRING, Presence.REQUIRED)
                                        .describedAs("The id of the project."),
                                Attribute.of("application", Type.STRING, Presence.OPTIONAL)
                                        .describedAs(
                                                "Only of this application: `projects/{project}/applications/{application}`."),
                                Attribute.of("environment", Type.STRING, Presence.OPTIONAL)
                                        .describedAs(
                                                "Only in this environment: `projects/{project}/environments/{environment}`."),
                                Attribute.nested("states", Nesting.LIST, state, Presence.COMPUTED)
                                        .describedAs(
                                                "One for each application and environment, by application and the"
                                                        + " order of its pipeline.")));
        return new EnvironmentStates(schema, state, gateway);
    }

    @Override
    public Value read(Value.Entries config, Call call) {
        List<Value> states = new ArrayList<>();
        String token = "";
        try {
            do {
                Message page = gateway.call(METHOD, request(config, token), call);
                for (Object one : (List<?>) field(page, "environment_states")) {
                    Value.Entries read = States.observed(state, (Message) one);
                    if (isAskedFor(config, read)) {
                        states.add(read);
                    }
                }
                token = (String) field(page, "next_page_token");
            } while (!token.isEmpty());
        } catch (RefusedException refused) {
            new Refusals(schema, gateway).report(refused, "list what runs where", call);
            return Absent.NULL;
        }
        return config.with("states", new Value.Sequence(states));
    }

    private static boolean isAskedFor(Value.Entries config, Value.Entries state) {
        for (String attribute : new String[] {"application", "environment"}) {
            Value asked = config.get(attribute);
            if (!asked.isNull() && !asked.equals(state.get(attribute))) {
                return false;
            }
        }
        return true;
    }

    private static Object field(Message message, String name) {
        return message.getField(message.getDescriptorForType().findFieldByName(name));
    }

    private static Message request(Value.Entries config, String token) {
        var type = METHOD.getInputType();
        return DynamicMessage.newBuilder(type)
                .setField(
                        type.findFieldByName("parent"),
                        "projects/" + NounRequests.text(config, "project"))
                .setField(type.findFieldByName("page_size"), PAGE)
                .setField(type.findFieldByName("page_token"), token)
                .build();
    }
}
