package dev.drover.provider.resource;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.DynamicMessage;
import dev.drover.v1.CreatePipelineRequest;
import dev.drover.v1.Pipeline;
import dev.drover.v1.Stage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PathsTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "drover_policy | policy.rules[2].expression.expression | rules[2].expression.expression",
                "drover_policy | policy.rules[0].approval.groups[1] | rules[0].approval.groups",
                "drover_policy | policy_id | name",
                "drover_policy | policy.selector.environment_labels[\"tier\"] | selector.environment_labels[\"tier\"]",
                "drover_policy | policy.nonsense.deeper | ",
                "drover_environment | parent | project",
                "drover_environment | environment.cluster | cluster",
                "drover_environment | environment.variables[\"replicas\"] | variables[\"replicas\"]",
                "drover_environment | environment.sensitive_variables[\"key\"] | sensitive_variables_wo[\"key\"]",
                "drover_environment | environment.job_baseline.update.min_healthy_time | job_baseline.update.min_healthy_time",
                "drover_application | application.stage_strategies[\"prod\"].canary.count | stage_strategies[\"prod\"].canary.count",
                "drover_pipeline | pipeline.stages[1].environments[0] | stages[1].environments",
                "drover_project | parent | ",
            })
    void fieldOfARequestIsTheAttributeThatItCameFrom(String type, String field, String attribute) {
        assertThat(Paths.attribute(Blocks.noun(type), field))
                .hasToString(attribute == null ? "" : attribute);
    }

    @Test
    void textAtAPathIsFoundInARequest() throws Exception {
        CreatePipelineRequest request =
                CreatePipelineRequest.newBuilder()
                        .setParent("projects/shop")
                        .setPipeline(
                                Pipeline.newBuilder()
                                        .addStages(
                                                Stage.newBuilder()
                                                        .addEnvironments("e0")
                                                        .addEnvironments("e1")))
                        .build();
        DynamicMessage dynamic =
                DynamicMessage.parseFrom(
                        CreatePipelineRequest.getDescriptor(), request.toByteString());
        assertThat(Paths.text(dynamic, "parent")).isEqualTo("projects/shop");
        assertThat(Paths.text(dynamic, "pipeline.stages[0].environments[1]")).isEqualTo("e1");
        assertThat(Paths.text(dynamic, "pipeline.stages[3].id")).isEmpty();
        assertThat(Paths.text(dynamic, "pipeline.nonsense")).isEmpty();
        assertThat(Paths.text(dynamic, "pipeline")).isEmpty();
    }
}
