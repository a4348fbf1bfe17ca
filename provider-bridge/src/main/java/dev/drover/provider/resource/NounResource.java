package dev.drover.provider.resource;

import dev.drover.provider.framework.Absent;
import dev.drover.provider.framework.Call;
import dev.drover.provider.framework.Change;
import dev.drover.provider.framework.Diagnostic;
import dev.drover.provider.framework.DiagnosticException;
import dev.drover.provider.framework.Identity;
import dev.drover.provider.framework.Resource;
import dev.drover.provider.framework.Schema;
import dev.drover.provider.framework.Value;
import dev.drover.provider.resource.NounRequests.Mode;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Any declarative noun as a Terraform resource. */
final class NounResource implements Resource {
    private final Noun noun;
    private final Schema schema;
    private final Gateway gateway;
    private final NounChecks checks;
    private final NounPlan plan;
    private final NounRequests requests;
    private final Refusals refusals;

    NounResource(Noun noun, Schema schema, Gateway gateway) {
        this.noun = noun;
        this.schema = schema;
        this.gateway = gateway;
        this.checks = new NounChecks(noun);
        this.plan = new NounPlan(noun, gateway);
        this.requests = new NounRequests(noun);
        this.refusals = new Refusals(noun, gateway);
    }

    @Override
    public Schema schema() {
        return schema;
    }

    @Override
    public void validate(Value.Entries config, Call call) {
        checks.check(config, call);
    }

    @Override
    public void stored(Value.Entries state) {
        gateway.names().hold(NounRequests.text(state, "id"));
    }

    @Override
    public Plan plan(PlanRequest request, Plan planned, Call call) {
        Plan named =
                planned.planned() instanceof Value.Entries block ? named(planned, block) : planned;
        plan.check(request, named, call);
        return named;
    }

    /**
     * The resource name follows from the block: with it known, so is more of what refers to it, and
     * can be checked while planning.
     */
    private Plan named(Plan planned, Value.Entries block) {
        return block.get("id").isUnknown()
                ? noun.knownName(block)
                        .map(name ->
                                new Plan(
                                        block.with("id", Value.text(name)),
                                        planned.requiresReplace()))
                        .orElse(planned)
                : planned;
    }

    @Override
    public Value read(Value.Entries current, Call call) {
        String name = NounRequests.text(current, "id");
        try {
            return States.of(
                    noun,
                    schema,
                    gateway.call(noun.method("Get"), requests.get(name), call),
                    current);
        } catch (RefusedException refused) {
            if (refused.is("NOT_FOUND")) {
                gateway.names().forget(name);
                return Absent.NULL;
            }
            refusals.report(refused, "read " + name, call);
            return current;
        }
    }

    @Override
    public Value create(Change change, Call call) {
        String name = noun.name(change.planned());
        try {
            return States.of(
                    noun,
                    schema,
                    gateway.call(
                            noun.method("Create"), requests.create(change, Mode.CARRY_OUT), call),
                    change.planned());
        } catch (RefusedException refused) {
            refusals.report(refused, "create " + name, call);
            if (refused.is("ALREADY_EXISTS")) {
                advise(
                        "To manage it with Terraform, import it: terraform import ADDRESS " + name,
                        call);
            } else if (refused.isUncertain()) {
                advise(
                        name
                                + " may have been created nevertheless. If the next apply says that it exists"
                                + " already, import it: terraform import ADDRESS "
                                + name,
                        call);
            }
            return Absent.NULL;
        }
    }

    private static void advise(String what, Call call) {
        call.diagnostics().add(Diagnostic.warning("What to do next", what + "."));
    }

    @Override
    public Value update(Change change, Call call) {
        String name = NounRequests.text((Value.Entries) change.prior(), "id");
        try {
            return States.of(
                    noun,
                    schema,
                    gateway.call(
                            noun.method("Update"), requests.update(change, Mode.CARRY_OUT), call),
                    change.planned());
        } catch (RefusedException refused) {
            refusals.report(refused, "update " + name, call);
            return Absent.NULL;
        }
    }

    @Override
    public void delete(Value.Entries prior, Call call) {
        String name = NounRequests.text(prior, "id");
        try {
            gateway.call(noun.method("Delete"), requests.delete(name, Mode.CARRY_OUT), call);
            gateway.names().forget(name);
        } catch (RefusedException refused) {
            refusals.report(refused, "delete " + name, call);
        }
    }

    @Override
    public Optional<Identity> identity() {
        return Optional.of(new Identity(0, noun.identity()));
    }

    @Override
    public Value.Entries identityOf(Value.Entries state) {
        String name = NounRequests.text(state, "id");
        Map<String, Value> identity = new LinkedHashMap<>();
        if (noun.inProject()) {
            identity.put("project", Value.text(Noun.project(name)));
        }
        identity.put("name", Value.text(Noun.id(name)));
        return new Value.Entries(identity);
    }

    @Override
    public Value importState(Value.Entries identity, Call call) {
        return importState(noun.name(identity), call);
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
}
