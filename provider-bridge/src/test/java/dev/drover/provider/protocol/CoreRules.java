package dev.drover.provider.protocol;

import dev.drover.provider.framework.Absent;
import dev.drover.provider.framework.Attribute;
import dev.drover.provider.framework.AttributePath;
import dev.drover.provider.framework.Schema;
import dev.drover.provider.framework.Value;
import java.util.ArrayList;
import java.util.List;

/** What Terraform refuses of a provider's plans, results and states. */
final class CoreRules {
    private CoreRules() {}

    /**
     * A plan has what is configured, or what was there and means the same; the rest is computed.
     */
    static void assertPlanned(Schema schema, Value.Entries config, Value prior, Value planned) {
        if (!(planned instanceof Value.Entries plan)) {
            throw new AssertionError("planned for absence but config wants existence");
        }
        planned(schema.attributes(), AttributePath.ROOT, config, prior, plan);
    }

    private static void planned(
            List<Attribute> attributes,
            AttributePath path,
            Value.Entries config,
            Value prior,
            Value.Entries plan) {
        for (Attribute attribute : attributes) {
            String name = attribute.name();
            Value before = prior instanceof Value.Entries object ? object.get(name) : Absent.NULL;
            planned(attribute, path.attribute(name), config.get(name), before, plan.get(name));
        }
    }

    private static void planned(
            Attribute attribute, AttributePath path, Value config, Value prior, Value plan) {
        if (attribute.rules().writeOnly()) {
            fail(!plan.isNull(), path, "a value for the write-only attribute", plan);
            return;
        }
        if (config.isNull()) {
            boolean open = attribute.presence().isComputed();
            fail(!open && !plan.isNull(), path, "a value for a non-computed attribute", plan);
            return;
        }
        if (attribute.nested().isEmpty() || config.isUnknown()) {
            boolean kept = !prior.isNull() && plan.equals(prior);
            fail(!plan.equals(config) && !kept, path, "does not match config " + config, plan);
            return;
        }
        fail(plan.isNull(), path, "planned for absence but config wants existence", plan);
        List<Attribute> inside = attribute.nested().get().attributes();
        if (config instanceof Value.Entries one && plan instanceof Value.Entries planned) {
            if (attribute.nested().get().nesting() == Attribute.Nesting.SINGLE) {
                planned(inside, path, one, prior, planned);
                return;
            }
            fail(!one.values().keySet().equals(planned.values().keySet()), path, "keys", plan);
            one.values()
                    .forEach((key, element) ->
                            planned(
                                    inside,
                                    path.key(key),
                                    (Value.Entries) element,
                                    prior instanceof Value.Entries map ? map.get(key) : Absent.NULL,
                                    (Value.Entries) planned.get(key)));
        } else if (config instanceof Value.Sequence list
                && plan instanceof Value.Sequence planned) {
            fail(list.elements().size() != planned.elements().size(), path, "count", plan);
            for (int i = 0; i < list.elements().size(); i++) {
                if (list.elements().get(i) instanceof Value.Entries element) {
                    planned(
                            inside,
                            path.index(i),
                            element,
                            at(prior, i),
                            (Value.Entries) planned.elements().get(i));
                }
            }
        }
    }

    private static Value at(Value prior, int index) {
        return prior instanceof Value.Sequence list && index < list.elements().size()
                ? list.elements().get(index)
                : Absent.NULL;
    }

    /** What was known stays so; only the unknown becomes known. */
    static void assertNoSurprise(String when, Schema schema, Value before, Value after) {
        noSurprise(when, AttributePath.ROOT, before, after);
        assertComplete(when, schema, after);
    }

    private static void noSurprise(String when, AttributePath path, Value before, Value after) {
        if (before.isUnknown()) {
            return;
        }
        switch (before) {
            case Value.Entries object when after instanceof Value.Entries other -> {
                fail(
                        !object.values().keySet().equals(other.values().keySet()),
                        path,
                        when + " changes the keys of " + before,
                        after);
                object.values()
                        .forEach((key, value) ->
                                noSurprise(when, path.attribute(key), value, other.get(key)));
            }
            case Value.Sequence list when after instanceof Value.Sequence other -> {
                fail(
                        list.elements().size() != other.elements().size(),
                        path,
                        when + " changes the length of " + before,
                        after);
                for (int i = 0; i < list.elements().size(); i++) {
                    noSurprise(
                            when, path.index(i), list.elements().get(i), other.elements().get(i));
                }
            }
            case Value.Members set when after instanceof Value.Members other ->
                    correlated(when, path, set, other);
            default -> fail(!before.equals(after), path, when + " changes " + before, after);
        }
    }

    private static void correlated(
            String when, AttributePath path, Value.Members before, Value.Members after) {
        List<Value> left = new ArrayList<>(after.elements());
        for (Value element : before.elements()) {
            boolean found = left.remove(element) || !element.isWhollyKnown();
            fail(!found, path, when + " loses the element " + element, after);
        }
    }

    /** Nothing unknown, nothing write-only. */
    static void assertStorable(String when, Schema schema, Value state) {
        fail(!state.isWhollyKnown(), AttributePath.ROOT, when + " leaves values unknown", state);
        for (Attribute attribute : schema.attributes()) {
            if (attribute.rules().writeOnly()) {
                Value value = ((Value.Entries) state).get(attribute.name());
                fail(
                        !value.isNull(),
                        AttributePath.of(attribute.name()),
                        when + " stores a write-only value",
                        Absent.NULL);
            }
        }
    }

    private static void assertComplete(String when, Schema schema, Value state) {
        boolean whole =
                state instanceof Value.Entries object
                        && object.values().keySet().equals(schema.type().attributes().keySet());
        fail(!whole, AttributePath.ROOT, when + " leaves out attributes", state);
    }

    /** No difference at all. */
    static void assertSame(String when, Schema schema, Value before, Value after) {
        noSurprise(when, AttributePath.ROOT, before, after);
        fail(!before.equals(after), AttributePath.ROOT, when + " differs from " + before, after);
        assertComplete(when, schema, after);
    }

    private static void fail(boolean broken, AttributePath path, String rule, Value value) {
        if (broken) {
            throw new AssertionError(path + ": " + rule + ": " + value);
        }
    }
}
