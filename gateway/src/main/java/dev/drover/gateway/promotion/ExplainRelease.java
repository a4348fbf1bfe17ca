package dev.drover.gateway.promotion;

import dev.drover.gateway.baseline.Lookup;
import dev.drover.gateway.baseline.Versioned;
import dev.drover.gateway.call.Call;
import dev.drover.gateway.error.GatewayException;
import dev.drover.v1.Application;
import dev.drover.v1.EnvironmentExplanation;
import dev.drover.v1.EnvironmentState;
import dev.drover.v1.ExplainPromotionResponse;
import dev.drover.v1.ExplainReleaseRequest;
import dev.drover.v1.ExplainReleaseResponse;
import dev.drover.v1.Pipeline;
import dev.drover.v1.Release;
import dev.drover.v1.Stage;
import java.util.List;
import java.util.Optional;

/** ExplainRelease: what stands between a release and each environment of its pipeline. */
final class ExplainRelease {
    private final ExplainMethod explain;
    private final EnvironmentStates states;
    private final Lookup lookup;

    ExplainRelease(ExplainMethod explain, EnvironmentStates states, Lookup lookup) {
        this.explain = explain;
        this.states = states;
        this.lookup = lookup;
    }

    ExplainReleaseResponse explain(Call call, ExplainReleaseRequest request) {
        String release = lookup.get(Release.class, request.getName()).message().getName();
        Optional<Pipeline> pipeline =
                lookup.find(Application.class, Names.application(release))
                        .map(Versioned::message)
                        .flatMap(one -> lookup.find(Pipeline.class, one.getPipeline()))
                        .map(Versioned::message);
        ExplainReleaseResponse.Builder answer = ExplainReleaseResponse.newBuilder();
        for (Stage stage : pipeline.map(Pipeline::getStagesList).orElse(List.of())) {
            for (String environment : stage.getEnvironmentsList()) {
                answer.addEnvironments(
                        told(call, release, environment).setStage(stage.getId()).build());
            }
        }
        return answer.build();
    }

    private EnvironmentExplanation.Builder told(Call call, String release, String environment) {
        EnvironmentExplanation.Builder told =
                EnvironmentExplanation.newBuilder().setEnvironment(environment);
        EnvironmentState now = states.of(Names.application(release), environment);
        if (now.getRelease().equals(release)
                && now.getCondition() == EnvironmentState.Condition.INTACT) {
            return told.setRuns(true);
        }
        try {
            ExplainPromotionResponse one = explain.imagined(call, release, environment);
            return told.setState(one.getState())
                    .setMessage(one.getMessage())
                    .setDecision(one.getDecision());
        } catch (GatewayException unknown) {
            // One cluster that does not answer hides nothing of the others.
            return told.setProblem(unknown.text());
        }
    }
}
