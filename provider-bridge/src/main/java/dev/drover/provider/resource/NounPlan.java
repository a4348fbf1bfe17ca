package dev.drover.provider.resource;

import com.google.protobuf.Message;
import dev.drover.provider.framework.Call;
import dev.drover.provider.framework.Change;
import dev.drover.provider.framework.Resource;
import dev.drover.provider.framework.Value;
import dev.drover.provider.resource.NounRequests.Mode;

/**
 * Asks the gateway while Terraform plans whether it would do it: references, conflicts and rights
 * show in the plan, not in the middle of an apply.
 */
final class NounPlan {
    private final Noun noun;
    private final NounRequests requests;
    private final Gateway gateway;
    private final Refusals refusals;
    private final PolicyForecast forecast;

    NounPlan(Noun noun, Gateway gateway) {
        this.noun = noun;
        this.requests = new NounRequests(noun);
        this.gateway = gateway;
        this.refusals = new Refusals(noun, gateway);
        this.forecast = new PolicyForecast(noun, gateway);
    }

    /** Adds a diagnostic for whatever would be refused for sure. */
    void check(Resource.PlanRequest request, Resource.Plan plan, Call call) {
        boolean replaces = !plan.requiresReplace().isEmpty();
        if (plan.planned() instanceof Value.Entries planned
                && (request.prior().isNull() || replaces)) {
            noun.knownName(planned).ifPresent(gateway.names()::plan);
        }
        if (!gateway.isKnown()) {
            return;
        }
        if (request.prior() instanceof Value.Entries prior
                && (replaces || plan.planned().isNull())) {
            deletion(NounRequests.text(prior, "id"), call);
        } else if (request.config() instanceof Value.Entries config
                && config.isWhollyKnown()
                && plan.planned() instanceof Value.Entries planned
                && !planned.equals(request.prior())) {
            change(new Change(config, request.prior(), planned), call);
        }
    }

    private void deletion(String name, Call call) {
        try {
            gateway.call(noun.method("Delete"), requests.delete(name, Mode.VALIDATE), call);
            forecast.deletion(name, call);
        } catch (RefusedException refused) {
            // What refers to it may go in the same run; protection does not.
            if (refused.is("DELETION_PROTECTED")) {
                refusals.report(refused, "delete " + name, call);
            }
        }
    }

    private void change(Change change, Call call) {
        boolean create = change.prior().isNull();
        String name = noun.name(change.planned());
        if (create && gateway.names().isHeld(name)) {
            // It will be deleted before, which the gateway cannot know.
            deletion(name, call);
            return;
        }
        Message request =
                create
                        ? requests.create(change, Mode.VALIDATE)
                        : requests.update(change, Mode.VALIDATE);
        try {
            forecast.change(
                    gateway.call(noun.method(create ? "Create" : "Update"), request, call), call);
        } catch (RefusedException refused) {
            if (refused.is("APPROVERS_TOO_FEW")) {
                // The same run may create them, which the gateway cannot know.
                refusals.warn(refused, "Approvers have to be there before " + name, call);
                return;
            }
            refusals.report(
                    refused,
                    (create ? "create " : "update ") + name,
                    call,
                    field -> gateway.names().isPlanned(Paths.text(request, field)));
        }
    }
}
