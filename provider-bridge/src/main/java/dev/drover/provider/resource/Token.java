package dev.drover.provider.resource;

import com.google.protobuf.Descriptors.MethodDescriptor;
import com.google.protobuf.DynamicMessage;
import com.google.protobuf.Message;
import dev.drover.provider.framework.Absent;
import dev.drover.provider.framework.Attribute;
import dev.drover.provider.framework.Attribute.Presence;
import dev.drover.provider.framework.AttributePath;
import dev.drover.provider.framework.Call;
import dev.drover.provider.framework.Diagnostic;
import dev.drover.provider.framework.DiagnosticException;
import dev.drover.provider.framework.EphemeralResource;
import dev.drover.provider.framework.Schema;
import dev.drover.provider.framework.Type;
import dev.drover.provider.framework.Value;
import dev.drover.v1.ServiceAccountProto;
import java.util.List;

/**
 * {@code drover_token}: a token of a service account for the time of one command. It is revoked at
 * the end; where the end is not reached, it expires.
 */
record Token(Schema schema, Gateway gateway) implements EphemeralResource {
    static final String TYPE = "drover_token";

    private static final String TTL = "1h";
    private static final String NAME = "name";

    static Token of(Gateway gateway) {
        return new Token(
                new Schema(
                        0,
                        "A token of a service account for the time of one command: in no state and no plan. It is revoked"
                                + " when the command ends, and expires by itself where it does not get so far.",
                        List.of(
                                Attribute.of("service_account", Type.STRING, Presence.REQUIRED)
                                        .describedAs(
                                                "The account: `serviceAccounts/{service_account}`."),
                                Attribute.of("ttl", Type.STRING, Presence.OPTIONAL)
                                        .describedAs(
                                                "How long it works at most; longer than the command takes. Default: `1h`."),
                                Attribute.of("name", Type.STRING, Presence.COMPUTED)
                                        .describedAs(
                                                "The name of the token, as the audit log has it."),
                                Attribute.of("expire_time", Type.STRING, Presence.COMPUTED)
                                        .describedAs("When it stops working."),
                                Attribute.of("token", Type.STRING, Presence.COMPUTED)
                                        .sensitive()
                                        .describedAs(
                                                "The secret: `Authorization: Bearer <token>`."))),
                gateway);
    }

    @Override
    public void validate(Value.Entries config, Call call) {
        Noun accounts = Nouns.of("drover_service_account").orElseThrow();
        if (config.get("service_account") instanceof Value.Text(String account)
                && !accounts.isName(account)) {
            wrong("service_account", References.what(accounts, account) + ".", call);
        }
        if (config.get("ttl") instanceof Value.Text(String ttl)) {
            try {
                if (Texts.duration(ttl).getSeconds() < 1) {
                    wrong("ttl", "ttl: must be at least 1s.", call);
                }
            } catch (Texts.BadText bad) {
                wrong("ttl", "ttl: " + bad.text() + ".", call);
            }
        }
    }

    private static void wrong(String attribute, String what, Call call) {
        call.diagnostics().error(AttributePath.of(attribute), "Invalid token", what);
    }

    @Override
    public Value open(Value.Entries config, Call call) {
        String account = NounRequests.text(config, "service_account");
        MethodDescriptor issue = method("IssueServiceAccountToken");
        Message answer;
        try {
            answer = gateway.call(issue, issue(issue, config, account), call);
        } catch (RefusedException refused) {
            refusals().report(refused, "issue a token of " + account, call);
            return Absent.NULL;
        }
        Message token = (Message) field(answer, "token");
        String name = (String) field(token, NAME);
        call.privateState().put(NAME, name);
        return config.with(NAME, Value.text(name))
                .with("token", Value.text((String) field(answer, "secret")))
                .with(
                        "expire_time",
                        Value.text(
                                Texts.text(
                                        token.getDescriptorForType().findFieldByName("expire_time"),
                                        (Message) field(token, "expire_time"))));
    }

    @Override
    public void close(Call call) {
        String name = call.privateState().get(NAME);
        MethodDescriptor revoke = method("RevokeServiceAccountToken");
        Message request =
                DynamicMessage.newBuilder(revoke.getInputType())
                        .setField(revoke.getInputType().findFieldByName(NAME), name)
                        .build();
        try {
            gateway.call(revoke, request, call);
        } catch (RefusedException refused) {
            refusals().report(refused, "revoke " + name, call);
        }
    }

    private Refusals refusals() {
        return new Refusals(schema, gateway);
    }

    private static Message issue(MethodDescriptor issue, Value.Entries config, String account) {
        String ttl = NounRequests.text(config, "ttl");
        var type = issue.getInputType();
        try {
            return DynamicMessage.newBuilder(type)
                    .setField(type.findFieldByName(NAME), account)
                    .setField(type.findFieldByName("description"), "Terraform")
                    .setField(
                            type.findFieldByName("ttl"), Texts.duration(ttl.isEmpty() ? TTL : ttl))
                    .build();
        } catch (Texts.BadText bad) {
            throw new DiagnosticException(
                    Diagnostic.error("Invalid token", "ttl: " + bad.text() + ".")
                            .at(AttributePath.of("ttl")));
        }
    }

    private static MethodDescriptor method(String name) {
        return ServiceAccountProto.getDescriptor()
                .findServiceByName("ServiceAccountService")
                .findMethodByName(name);
    }

    private static Object field(Message message, String name) {
        return message.getField(message.getDescriptorForType().findFieldByName(name));
    }
}
