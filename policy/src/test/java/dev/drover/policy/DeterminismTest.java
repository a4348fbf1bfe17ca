package dev.drover.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drover.v1.ExpressionResult;
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
