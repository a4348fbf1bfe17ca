package dev.drover.provider.framework;

import java.util.List;

/** The plan of one object, from the rules of its schema. */
public final class Planner {
    private Planner() {}

    /**
     * Plans a change in this order: write-only values out, prior spelling where it means the same,
     * unknown marks if anything is different, attributes that force a new object, and last the
     * resource's own adjustments.
     *
     * @param proposed configured values, and prior ones for unconfigured computed attributes; null:
     *     destruction
     */
    public static Resource.Plan plan(
            Resource resource, Value config, Value prior, Value proposed, Call call) {
        Schema schema = resource.schema();
        Resource.PlanRequest request = new Resource.PlanRequest(config, prior);
        if (!(proposed instanceof Value.Entries wanted)) {
            resource.plan(request, new Resource.Plan(Absent.NULL, List.of()), call);
            return new Resource.Plan(Absent.NULL, List.of());
        }
        Value.Entries planned = Spelling.ofPrior(schema, WriteOnly.cleared(schema, wanted), prior);
        // Only if something differs: otherwise the plan after an apply would never be empty.
        if (!planned.equals(prior)) {
            planned = Walk.over(schema, planned, List.of(config, prior), Planner::markUnknown);
        }
        List<AttributePath> replacing = Replacement.of(schema, planned, prior, config);
        return resource.plan(request, new Resource.Plan(planned, replacing), call);
    }

    private static Value markUnknown(
            AttributePath path, Attribute attribute, Value value, List<Value> others) {
        boolean unconfigured = others.getFirst().isNull();
        if (!attribute.presence().isComputed() || !unconfigured) {
            return value;
        }
        Value prior = others.getLast();
        return attribute.rules().keepsPrior() && !prior.isNull() ? prior : Absent.UNKNOWN;
    }
}
