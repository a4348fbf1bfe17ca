package dev.drover.provider.resource;

import com.google.api.FieldBehavior;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.MethodDescriptor;
import com.google.protobuf.DynamicMessage;
import com.google.protobuf.FieldMask;
import com.google.protobuf.Message;
import dev.drover.policy.FieldProblem;
import dev.drover.provider.framework.Absent;
import dev.drover.provider.framework.AttributePath;
import dev.drover.provider.framework.Call;
import dev.drover.provider.framework.Change;
import dev.drover.provider.framework.Diagnostic;
import dev.drover.provider.framework.DiagnosticException;
import dev.drover.provider.framework.Resource;
import dev.drover.provider.framework.Schema;
import dev.drover.provider.framework.Value;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/** Any declarative noun as a Terraform resource. */
final class NounResource implements Resource {
    private final Noun noun;
    private final Schema schema;
    private final Gateway gateway;

    /** Names that Terraform's state holds: planned for creation, they are about to be replaced. */
    private final Set<String> managed = ConcurrentHashMap.newKeySet();

    NounResource(Noun noun, Schema schema, Gateway gateway) {
        this.noun = noun;
        this.schema = schema;
        this.gateway = gateway;
    }

    @Override
    public Schema schema() {
        return schema;
    }

    /** Offline: everything that the proto's annotations say, expressions too. */
    @Override
    public void validate(Value.Entries config, Call call) {
        Declaration declaration = new Declaration(noun, config, config);
        declaration.problems().forEach(call.diagnostics()::add);
        for (FieldProblem problem : gateway.checks().check(declaration.message())) {
            if (!declaration.mayDependOnUnknown(problem.path())) {
                AttributePath path = Paths.inside(noun, problem.path());
                String excerpt =
                        problem.excerpt().isEmpty() ? "" : "\n\n" + problem.excerpt().indent(2);
                call.diagnostics()
                        .error(
                                path,
                                "Invalid "
                                        + noun.type()
                                                .replaceFirst("^drover_", "")
                                                .replace('_', ' '),
                                path + " " + sentence(problem.description()) + excerpt);
            }
        }
        validateShortId(config, "project", call);
        validateShortId(config, "name", call);
    }

    private static String sentence(String text) {
        return text.endsWith(".") ? text : text + ".";
    }

    private void validateShortId(Value.Entries config, String attribute, Call call) {
        if (config.get(attribute) instanceof Value.Text(String text) && text.contains("/")) {
            call.diagnostics()
                    .error(
                            AttributePath.of(attribute),
                            "Not an id",
                            attribute
                                    + " takes the id alone, \""
                                    + Noun.id(text)
                                    + "\", not the resource name \""
                                    + text
                                    + "\".");
        }
    }

    /**
     * Asks the gateway whether it would do it: references, conflicts and rights show in the plan.
     */
    @Override
    public Plan plan(PlanRequest request, Plan plan, Call call) {
        if (!gateway.isReachable()) {
            return plan;
        }
        if (plan.planned().isNull()) {
            planDeletion((Value.Entries) request.prior(), call);
        } else if (request.config().isWhollyKnown() && !plan.planned().equals(request.prior())) {
            planChange(request, plan, call);
        }
        return plan;
    }

    private void planDeletion(Value.Entries prior, Call call) {
        DynamicMessage.Builder delete = request("Delete");
        put(delete, "name", text(prior, "id"));
        put(delete, "validate_only", true);
        try {
            gateway.call(noun.method("Delete"), delete.build(), call);
        } catch (StatusRuntimeException refused) {
            // References may go in the same run; protection does not.
            if (GatewayErrors.is(refused, "DELETION_PROTECTED")) {
                report(refused, "delete " + text(prior, "id"), call);
            }
        }
    }

    private void planChange(PlanRequest request, Plan plan, Call call) {
        Value.Entries config = (Value.Entries) request.config();
        Value.Entries planned = (Value.Entries) plan.planned();
        boolean create = request.prior().isNull() || !plan.requiresReplace().isEmpty();
        String name = name(planned);
        if (create && (managed.contains(name) || !plan.requiresReplace().isEmpty())) {
            return;
        }
        Change change = new Change(config, request.prior(), planned);
        Message message =
                create ? createRequest(change, name, true) : updateRequest(change, name, true);
        try {
            gateway.call(noun.method(create ? "Create" : "Update"), message, call);
        } catch (StatusRuntimeException refused) {
            // The parent may be created, and the object deleted, in the same run.
            if (refused.getStatus().getCode() != Status.Code.NOT_FOUND) {
                report(refused, (create ? "create " : "update ") + name, call);
            }
        }
    }

    @Override
    public Value read(Value.Entries current, Call call) {
        String name = text(current, "id");
        DynamicMessage.Builder get = request("Get");
        put(get, "name", name);
        try {
            Message found = gateway.call(noun.method("Get"), get.build(), call);
            managed.add(name);
            return States.of(noun, schema, found, current);
        } catch (StatusRuntimeException refused) {
            if (refused.getStatus().getCode() == Status.Code.NOT_FOUND) {
                return Absent.NULL;
            }
            report(refused, "read " + name, call);
            return current;
        }
    }

    @Override
    public Value create(Change change, Call call) {
        String name = name(change.planned());
        try {
            Message created =
                    gateway.call(noun.method("Create"), createRequest(change, name, false), call);
            return States.of(noun, schema, created, change.planned());
        } catch (StatusRuntimeException refused) {
            report(refused, "create " + name, call);
            if (refused.getStatus().getCode() == Status.Code.ALREADY_EXISTS) {
                call.diagnostics()
                        .error(
                                AttributePath.of("name"),
                                name + " exists already",
                                "Import it to manage it with Terraform: terraform import ADDRESS "
                                        + name);
            }
            return Absent.NULL;
        }
    }

    @Override
    public Value update(Change change, Call call) {
        String name = text((Value.Entries) change.prior(), "id");
        try {
            Message updated =
                    gateway.call(noun.method("Update"), updateRequest(change, name, false), call);
            return States.of(noun, schema, updated, change.planned());
        } catch (StatusRuntimeException refused) {
            report(refused, "update " + name, call);
            if (GatewayErrors.is(refused, "ETAG_MISMATCH")) {
                call.diagnostics()
                        .error(
                                name + " was changed by somebody else",
                                "It is not as it was when this plan was made. Run plan again to see what changed;"
                                        + " drover audit list tells who changed it.");
            }
            return Absent.NULL;
        }
    }

    @Override
    public void delete(Value.Entries prior, Call call) {
        DynamicMessage.Builder delete = request("Delete");
        put(delete, "name", text(prior, "id"));
        put(delete, "allow_missing", true);
        put(delete, "request_id", UUID.randomUUID().toString());
        try {
            gateway.call(noun.method("Delete"), delete.build(), call);
        } catch (StatusRuntimeException refused) {
            report(refused, "delete " + text(prior, "id"), call);
        }
    }

    @Override
    public Value importState(String id, Call call) {
        if (!noun.isName(id)) {
            throw new DiagnosticException(
                    Diagnostic.error(
                            "Not a resource name",
                            "\"" + id + "\" is not of the form " + noun.pattern() + "."));
        }
        return new Value.Entries(Map.of("id", Value.text(id)));
    }

    private Message createRequest(Change change, String name, boolean validateOnly) {
        DynamicMessage.Builder create = request("Create");
        if (noun.inProject()) {
            put(create, "parent", noun.parent(Noun.project(name)));
        }
        put(create, noun.field() + "_id", Noun.id(name));
        put(create, noun.field(), declared(change).message());
        return finish(create, validateOnly);
    }

    private Message updateRequest(Change change, String name, boolean validateOnly) {
        Value.Entries prior = (Value.Entries) change.prior();
        FieldMask.Builder mask = FieldMask.newBuilder();
        for (FieldDescriptor field : noun.fields()) {
            boolean output =
                    Noun.is(field, FieldBehavior.OUTPUT_ONLY) || field.getName().equals("etag");
            boolean resent =
                    !NounAttributes.isWriteOnly(field) || versionChanged(field, change, prior);
            if (!output && resent && !Noun.is(field, FieldBehavior.IMMUTABLE)) {
                mask.addPaths(field.getName());
            }
        }
        Message.Builder declared = declared(change).message().toBuilder();
        put(declared, "name", name);
        put(declared, "etag", text(prior, "etag"));
        DynamicMessage.Builder update = request("Update");
        put(update, noun.field(), declared.build());
        put(update, "update_mask", mask.build());
        return finish(update, validateOnly);
    }

    private static boolean versionChanged(
            FieldDescriptor field, Change change, Value.Entries prior) {
        String version = NounAttributes.versionName(field);
        return !change.planned().get(version).equals(prior.get(version));
    }

    // A plan may still hold unknown outputs; inputs are known by now.
    private Declaration declared(Change change) {
        return new Declaration(noun, change.planned(), change.config());
    }

    private Message finish(DynamicMessage.Builder request, boolean validateOnly) {
        put(request, "validate_only", validateOnly);
        if (!validateOnly) {
            put(request, "request_id", UUID.randomUUID().toString());
        }
        return request.build();
    }

    private DynamicMessage.Builder request(String verb) {
        MethodDescriptor method = noun.method(verb);
        return DynamicMessage.newBuilder(method.getInputType());
    }

    private static void put(Message.Builder message, String field, Object value) {
        message.setField(message.getDescriptorForType().findFieldByName(field), value);
    }

    private void report(StatusRuntimeException refused, String what, Call call) {
        GatewayErrors.report(refused, noun, what, gateway.address(), call);
    }

    private String name(Value.Entries values) {
        return noun.name(noun.inProject() ? text(values, "project") : "", text(values, "name"));
    }

    static String text(Value.Entries values, String attribute) {
        return values.get(attribute) instanceof Value.Text(String text) ? text : "";
    }
}
