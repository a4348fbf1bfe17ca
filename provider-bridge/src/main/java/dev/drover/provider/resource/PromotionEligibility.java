package dev.drover.provider.resource;

import com.google.protobuf.Descriptors.MethodDescriptor;
import com.google.protobuf.DynamicMessage;
import com.google.protobuf.Message;
import dev.drover.provider.framework.Absent;
import dev.drover.provider.framework.Attribute;
import dev.drover.provider.framework.Attribute.Presence;
import dev.drover.provider.framework.AttributePath;
import dev.drover.provider.framework.Call;
import dev.drover.provider.framework.DataSource;
import dev.drover.provider.framework.Schema;
import dev.drover.provider.framework.Type;
import dev.drover.provider.framework.Value;
import dev.drover.v1.Decision;
import dev.drover.v1.PromotionProto;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * {@code drover_promotion_eligibility}: whether a release could be promoted to an environment now,
 * and if not, why, who can help, and when.
 */
record PromotionEligibility(Schema schema, List<Attribute> decision, Gateway gateway)
        implements DataSource {
    static final String TYPE = "drover_promotion_eligibility";

    private static final MethodDescriptor METHOD =
            PromotionProto.getDescriptor()
                    .findServiceByName("PromotionService")
                    .findMethodByName("ExplainPromotion");

    static PromotionEligibility of(NounAttributes attributes, Gateway gateway) {
        List<Attribute> decision = attributes.outputs(Decision.getDescriptor());
        List<Attribute> all = new ArrayList<>();
        all.add(
                Attribute.of("release", Type.STRING, Presence.REQUIRED)
                        .describedAs(
                                "The release: `projects/{project}/applications/{application}/releases/{release}`."));
        all.add(
                Attribute.of("environment", Type.STRING, Presence.REQUIRED)
                        .describedAs(
                                "Where it would go: `projects/{project}/environments/{environment}`."));
        all.add(
                Attribute.of("eligible", Type.BOOL, Presence.COMPUTED)
                        .describedAs("Whether every rule that counts says ALLOW."));
        all.add(
                Attribute.of("state", Type.STRING, Presence.COMPUTED)
                        .describedAs(
                                "The state that a promotion would go to after planning, for example `QUEUED` or `BLOCKED`."));
        all.add(
                Attribute.of("message", Type.STRING, Presence.COMPUTED)
                        .describedAs("Why, in one line."));
        all.addAll(decision);
        String description =
                "Whether a release could be promoted to an environment now; if not, why, who can help, and when it may be."
                        + " It changes nothing. The same is asked again by the promotion itself.";
        return new PromotionEligibility(new Schema(0, description, all), decision, gateway);
    }

    @Override
    public void validate(Value.Entries config, Call call) {
        for (String attribute : new String[] {"release", "environment"}) {
            if (config.get(attribute) instanceof Value.Text(String name)
                    && !name.startsWith("projects/")) {
                call.diagnostics()
                        .error(
                                AttributePath.of(attribute),
                                "Not a resource name",
                                attribute
                                        + ": \""
                                        + name
                                        + "\" is not the name of one; write it as its id attribute has it,"
                                        + " beginning with projects/.");
            }
        }
    }

    @Override
    public Value read(Value.Entries config, Call call) {
        try {
            Message answer = gateway.call(METHOD, request(config), call);
            Value.Entries decided = States.observed(decision, (Message) field(answer, "decision"));
            Map<String, Value> values = new LinkedHashMap<>(config.values());
            values.putAll(decided.values());
            values.put("eligible", Value.bool(decided.get("verdict").equals(Value.text("ALLOW"))));
            for (String attribute : new String[] {"state", "message"}) {
                values.put(attribute, said(answer, attribute));
            }
            return new Value.Entries(values);
        } catch (RefusedException refused) {
            new Refusals(schema, gateway)
                    .report(refused, "explain " + NounRequests.text(config, "release"), call);
            return Absent.NULL;
        }
    }

    private static Value said(Message answer, String field) {
        String text = field(answer, field).toString();
        return text.isEmpty() ? Absent.NULL : Value.text(text);
    }

    private static Object field(Message message, String name) {
        return message.getField(message.getDescriptorForType().findFieldByName(name));
    }

    private static Message request(Value.Entries config) {
        String release = NounRequests.text(config, "release");
        var type = METHOD.getInputType();
        return DynamicMessage.newBuilder(type)
                .setField(type.findFieldByName("parent"), "projects/" + Noun.project(release))
                .setField(type.findFieldByName("release"), release)
                .setField(
                        type.findFieldByName("environment"),
                        NounRequests.text(config, "environment"))
                .build();
    }
}
