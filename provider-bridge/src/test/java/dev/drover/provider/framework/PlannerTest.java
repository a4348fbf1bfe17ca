package dev.drover.provider.framework;

import static dev.drover.provider.framework.Attribute.Presence.COMPUTED;
import static dev.drover.provider.framework.Attribute.Presence.OPTIONAL;
import static dev.drover.provider.framework.Attribute.Presence.OPTIONAL_COMPUTED;
import static dev.drover.provider.framework.Attribute.Presence.REQUIRED;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PlannerTest {
    private static final List<Attribute> PART =
            List.of(
                    Attribute.of("title", Type.STRING, REQUIRED).requiresReplace(),
                    Attribute.of("color", Type.STRING, OPTIONAL_COMPUTED),
                    Attribute.of("serial", Type.STRING, COMPUTED).keepsPrior());

    private static final Schema SCHEMA =
            new Schema(
                    0,
                    "",
                    List.of(
                            Attribute.of("id", Type.STRING, COMPUTED).keepsPrior(),
                            Attribute.of("etag", Type.STRING, COMPUTED),
                            Attribute.of("note", Type.STRING, OPTIONAL)
                                    .comparedBy(String::equalsIgnoreCase),
                            Attribute.of("kind", Type.STRING, OPTIONAL_COMPUTED).requiresReplace(),
                            Attribute.of("token_wo", Type.STRING, OPTIONAL).writeOnly(),
                            Attribute.nested("list", Attribute.Nesting.LIST, PART, OPTIONAL),
                            Attribute.nested("set", Attribute.Nesting.SET, PART, OPTIONAL)));

    private final Value.Entries prior =
            object(
                    Map.of(
                            "id",
                            text("7"),
                            "etag",
                            text("e1"),
                            "note",
                            text("Hello"),
                            "kind",
                            text("k")));

    @Test
    void nothingChangedThenNothingIsUnknown() {
        Value.Entries config = object(Map.of("note", text("Hello")));
        Resource.Plan plan = plan(config, prior, prior);
        assertThat(plan.planned()).isEqualTo(prior);
        assertThat(plan.requiresReplace()).isEmpty();
    }

    @Test
    void somethingChangedThenComputedValuesAreUnknownUnlessTheyStay() {
        Value.Entries config = object(Map.of("note", text("Bye")));
        Value.Entries planned = planned(plan(config, prior, prior.with("note", text("Bye"))));
        assertThat(planned.get("id")).isEqualTo(text("7"));
        assertThat(planned.get("etag")).isEqualTo(Absent.UNKNOWN);
        assertThat(planned.get("kind")).isEqualTo(Absent.UNKNOWN);
        assertThat(planned.get("note")).isEqualTo(text("Bye"));
    }

    @Test
    void newObjectHasNoKnownComputedValues() {
        Value.Entries config = object(Map.of("note", text("Hello")));
        Value.Entries planned = planned(plan(config, Absent.NULL, config));
        assertThat(planned.get("id")).isEqualTo(Absent.UNKNOWN);
        assertThat(planned.get("token_wo")).isEqualTo(Absent.NULL);
    }

    @Test
    void otherSpellingKeepsThePriorTextEvenWhenAnotherAttributeChanges() {
        Value.Entries config = object(Map.of("note", text("HELLO"), "kind", text("other")));
        Value.Entries proposed = prior.with("note", text("HELLO")).with("kind", text("other"));
        assertThat(planned(plan(config, prior, proposed)).get("note")).isEqualTo(text("Hello"));
    }

    @Test
    void writeOnlyValueIsNoChange() {
        Value.Entries config = object(Map.of("note", text("Hello"), "token_wo", text("secret")));
        assertThat(plan(config, prior, prior.with("token_wo", text("secret"))).planned())
                .isEqualTo(prior);
    }

    @Test
    void changedImmutableAttributeNeedsANewObject() {
        Value.Entries config = object(Map.of("note", text("Hello"), "kind", text("other")));
        assertThat(plan(config, prior, prior.with("kind", text("other"))).requiresReplace())
                .containsExactly(AttributePath.of("kind"));
    }

    @Test
    void unknownImmutableAttributeNeedsANewObjectOnlyIfItIsConfigured() {
        Value.Entries configured = object(Map.of("note", text("Hello"), "kind", Absent.UNKNOWN));
        assertThat(plan(configured, prior, prior.with("kind", Absent.UNKNOWN)).requiresReplace())
                .containsExactly(AttributePath.of("kind"));
        Value.Entries left = object(Map.of("note", text("Bye")));
        assertThat(plan(left, prior, prior.with("note", text("Bye"))).requiresReplace()).isEmpty();
    }

    @Test
    void elementsOfAListAreComparedByPlace() {
        Value.Entries before = prior.with("list", list(part("a", "red", "1")));
        Value.Entries config =
                object(Map.of("note", text("Hello")))
                        .with("list", list(part("b", "red", null), part("c", null, null)));
        Value.Entries proposed =
                before.with("list", list(part("b", "red", "1"), part("c", null, null)));
        Resource.Plan plan = plan(config, before, proposed);
        assertThat(planned(plan).get("list"))
                .isEqualTo(
                        list(
                                part("b", "red", "1"),
                                part("c", null, null)
                                        .with("color", Absent.UNKNOWN)
                                        .with("serial", Absent.UNKNOWN)));
        assertThat(plan.requiresReplace())
                .containsExactly(AttributePath.of("list").index(0).attribute("title"));
    }

    @Test
    void elementsOfASetAreComparedByWhatIsConfigured() {
        Value.Entries before =
                prior.with("set", set(part("a", "red", "1"), part("b", "blue", "2")));
        Value.Entries config =
                object(Map.of("note", text("Hello")))
                        .with("set", set(part("c", null, null), part("b", "blue", null)));
        Value.Entries proposed =
                before.with("set", set(part("c", null, null), part("b", "blue", "2")));
        assertThat(planned(plan(config, before, proposed)).get("set"))
                .isEqualTo(
                        set(
                                part("b", "blue", "2"),
                                part("c", null, null)
                                        .with("color", Absent.UNKNOWN)
                                        .with("serial", Absent.UNKNOWN)));
    }

    @Test
    void unknownCollectionStaysUnknown() {
        Value.Entries config = object(Map.of("note", text("Hello"), "list", Absent.UNKNOWN));
        assertThat(planned(plan(config, prior, prior.with("list", Absent.UNKNOWN))).get("list"))
                .isEqualTo(Absent.UNKNOWN);
    }

    @Test
    void destructionIsPlannedAsNull() {
        assertThat(plan(Absent.NULL, prior, Absent.NULL).planned()).isEqualTo(Absent.NULL);
    }

    private static Resource.Plan plan(Value config, Value prior, Value proposed) {
        return Planner.plan(new Unplanned(), config, prior, proposed, new Call(new Cancellation()));
    }

    private static Value.Entries planned(Resource.Plan plan) {
        return (Value.Entries) plan.planned();
    }

    private static Value text(String text) {
        return Value.text(text);
    }

    private static Value list(Value... elements) {
        return new Value.Sequence(List.of(elements));
    }

    private static Value set(Value... elements) {
        return new Value.Members(List.of(elements));
    }

    private static Value.Entries part(
            String title,
            @org.jspecify.annotations.Nullable String color,
            @org.jspecify.annotations.Nullable String serial) {
        Map<String, Value> values = new HashMap<>();
        values.put("title", text(title));
        values.put("color", color == null ? Absent.NULL : text(color));
        values.put("serial", serial == null ? Absent.NULL : text(serial));
        return new Value.Entries(values);
    }

    private static Value.Entries object(Map<String, Value> values) {
        Map<String, Value> complete = new HashMap<>(values);
        SCHEMA.type()
                .attributes()
                .keySet()
                .forEach(name -> complete.putIfAbsent(name, Absent.NULL));
        return new Value.Entries(complete);
    }

    /** A resource of which only the schema is asked for. */
    private static final class Unplanned implements Resource {
        @Override
        public Schema schema() {
            return SCHEMA;
        }

        @Override
        public Value read(Value.Entries current, Call call) {
            throw new AssertionError();
        }

        @Override
        public Value create(Change change, Call call) {
            throw new AssertionError();
        }

        @Override
        public Value update(Change change, Call call) {
            throw new AssertionError();
        }

        @Override
        public void delete(Value.Entries prior, Call call) {
            throw new AssertionError();
        }
    }
}
