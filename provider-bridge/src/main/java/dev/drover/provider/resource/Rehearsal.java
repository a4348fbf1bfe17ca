package dev.drover.provider.resource;

import dev.drover.provider.framework.Schema;
import dev.drover.provider.framework.Value;
import dev.drover.provider.plugin.PluginClient;
import dev.drover.provider.protocol.Conversation;
import dev.drover.provider.protocol.ProviderMethods;
import dev.drover.v1.PolicyProto;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * A step of the build: plays Terraform for a packaged provider, from the handshake to an apply, so
 * that the Java runtime can note what a run loads; and proves that the package works.
 */
public final class Rehearsal {
    private static final String TYPE = "drover_policy";

    /** The runtime writes its cache at the end. */
    private static final Duration END_MAX = Duration.ofMinutes(4);

    private static final String POLICY =
            """
            {
              "name": "rehearsal",
              "display_name": "Rehearsal",
              "labels": {"tier": "prod"},
              "selector": {"environment_labels": {"tier": "prod"}},
              "rules": [
                {"id": "few", "expression": {
                  "expression": "plan.destructive_updates <= 10 && plan.images.all(image, image.tag != 'latest')",
                  "message": "string(plan.destructive_updates) + ' would be replaced'"}},
                {"id": "approved", "approval": {"count": 1, "groups": ["owners"]}}
              ]
            }
            """;

    private Rehearsal() {}

    /** Rehearses with the program that the first argument names. */
    public static void main(String[] arguments) throws Exception {
        Noun noun = Noun.of(PolicyProto.getDescriptor());
        try (AgreeableGateway gateway = AgreeableGateway.start(noun);
                PluginClient client =
                        PluginClient.prepare(List.of(arguments), Map.of()).start().connect()) {
            play(client, gateway.address());
            int status = client.shutDown(END_MAX);
            if (status != 0) {
                throw new IllegalStateException("the provider ended with status " + status);
            }
        }
    }

    private static void play(PluginClient client, String address) throws Exception {
        DroverProvider provider = DroverProvider.with(Map.of());
        Schema schema = provider.resource(TYPE).orElseThrow().schema();
        Conversation terraform =
                new Conversation(
                        (method, request) -> client.call(ProviderMethods.SERVICE, method, request));
        int resources = terraform.schemas();
        if (resources != provider.resourceTypes().size()) {
            throw new IllegalStateException("the provider offers " + resources + " resources");
        }
        terraform.configure(
                provider.schema(), "{\"address\": \"" + address + "\", \"token\": \"rehearsal\"}");
        terraform.validate(TYPE, schema, POLICY);
        Value created = terraform.create(TYPE, schema, POLICY);
        Value found = terraform.refresh(TYPE, schema, "{\"id\": \"policies/rehearsal\"}");
        if (found.isNull() || created.isNull()) {
            throw new IllegalStateException("created " + created + ", but found " + found);
        }
    }
}
