package dev.drover.policy;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import dev.drover.v1.EnvironmentHistory;
import dev.drover.v1.ExpressionResult;
import dev.drover.v1.HistoryFacts;
import dev.drover.v1.PlacementFailure;
import dev.drover.v1.PlanFacts;
import dev.drover.v1.PolicyInput;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DeterminismTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "plan.images.all(i, i.tag != \"latest\") && plan.destructive_updates <= 10",
                "history.environments.exists(e, history.environments[e].failures > 0)",
                "history.environments[\"none\"].healthy",
                "[1, 2, 3].all(a, plan.images.all(b, [1, 2, 3].exists(c, c > a)))"
            })
    void sameInputHasTheSameOutcomeOnAllThreads(String expression)
            throws InterruptedException, ExecutionException {
        CompiledExpression compiled = EvaluationTest.compile(expression);
        PolicyInput input = Inputs.shopToProd();
        Outcome first = compiled.evaluate(input);

        List<Future<Outcome>> others = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 200; i++) {
                others.add(threads.submit(() -> compiled.evaluate(input)));
            }
        }

        for (Future<Outcome> other : others) {
            assertThat(other.get()).isEqualTo(first);
        }
    }

    @Test
    void inputThatWentThroughBytesHasTheSameOutcome() throws Exception {
        PolicyInput copy = PolicyInput.parseFrom(Inputs.shopToProd().toByteString());
        CompiledExpression compiled =
                EvaluationTest.compile("plan.images.all(i, i.tag != \"latest\")");

        assertThat(compiled.evaluate(copy)).isEqualTo(compiled.evaluate(Inputs.shopToProd()));
    }

    /** "Aa" and "BB" have the same hash: their order in a hash map is the order of insertion. */
    @Test
    void orderOfEntriesDoesNotMatter() {
        CompiledExpression compiled =
                EvaluationTest.compile("release.labels.map(k, k).join(\",\") == \"\"");

        assertThat(compiled.evaluate(labelled("Aa", "BB")))
                .isEqualTo(compiled.evaluate(labelled("BB", "Aa")));
    }

    /** A new map in the input must be put in order, too. */
    @Test
    void allMapsOfTheInputArePutInOrder() {
        PolicyInput.Builder input = PolicyInput.newBuilder();
        for (FieldDescriptor variable : PolicyInput.getDescriptor().getFields()) {
            for (FieldDescriptor map : mapsOf(variable)) {
                Message.Builder facts = input.getFieldBuilder(variable);
                facts.addRepeatedField(map, entry(facts, map, "b"));
                facts.addRepeatedField(map, entry(facts, map, "a"));
            }
        }

        PolicyInput sorted = CanonicalInput.of(input.build());

        assertThat(sorted).isEqualTo(input.build());
        for (FieldDescriptor variable : PolicyInput.getDescriptor().getFields()) {
            Message facts = (Message) sorted.getField(variable);
            for (FieldDescriptor map : mapsOf(variable)) {
                assertThat(facts.getRepeatedField(map, 0))
                        .isEqualTo(entry(facts.toBuilder(), map, "a"));
            }
        }
        assertThat(CanonicalInput.of(sorted)).isSameAs(sorted);
    }

    @Test
    void mapsWithinListsAndMapsArePutInOrder() {
        PolicyInput sorted = CanonicalInput.of(failing("b", "a"));

        assertThat(sorted).isEqualTo(failing("a", "b"));
        assertThat(sorted.toByteString()).isEqualTo(failing("a", "b").toByteString());
        assertThat(CanonicalInput.of(sorted)).isSameAs(sorted);
    }

    private static PolicyInput failing(String... names) {
        PlacementFailure.Builder unplaced = PlacementFailure.newBuilder();
        EnvironmentHistory.Builder history = EnvironmentHistory.newBuilder();
        HistoryFacts.Builder facts = HistoryFacts.newBuilder();
        for (String name : names) {
            unplaced.putDimensionExhausted(name, 1);
            history.putVerifications(name, "PASSED");
        }
        for (String name : names) {
            facts.putEnvironments(name, history.build());
        }
        return PolicyInput.newBuilder()
                .setPlan(PlanFacts.newBuilder().addUnplaced(unplaced))
                .setHistory(facts)
                .build();
    }

    private static List<FieldDescriptor> mapsOf(FieldDescriptor variable) {
        return variable.getMessageType().getFields().stream()
                .filter(FieldDescriptor::isMapField)
                .toList();
    }

    private static PolicyInput labelled(String... labels) {
        PolicyInput.Builder input = PolicyInput.newBuilder();
        for (String label : labels) {
            input.getReleaseBuilder().putLabels(label, "");
        }
        return input.build();
    }

    private static Message entry(Message.Builder facts, FieldDescriptor field, String key) {
        Message.Builder entry = facts.newBuilderForField(field);
        return entry.setField(entry.getDescriptorForType().findFieldByName("key"), key).build();
    }

    @Test
    void expressionKnowsItsVariables() {
        assertThat(
                        EvaluationTest.compile("plan.images.all(i, i.tag == environment.id)")
                                .variables())
                .isEqualTo(Set.of("plan", "environment"));
        assertThat(
                        new PolicyLanguage()
                                .compile("\"history\" + string(now)", ExpressionResult.STRING)
                                .compiled()
                                .orElseThrow()
                                .variables())
                .isEqualTo(Set.of("now"));
    }
}
