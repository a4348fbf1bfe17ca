package dev.drover.gateway.plan;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.protobuf.util.Durations;
import dev.drover.gateway.error.ErrorDetails.PreconditionViolation;
import dev.drover.gateway.error.GatewayException;
import dev.drover.gateway.error.Reason;
import dev.drover.v1.Constraint;
import dev.drover.v1.Environment;
import dev.drover.v1.JobBaseline;
import dev.drover.v1.UpdateDefaults;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;

class BaselineOverlayTest {

    private static final JobBaseline FULL =
            JobBaseline.newBuilder()
                    .addDatacenters("dc1")
                    .setNodePool("apps")
                    .addConstraints(
                            Constraint.newBuilder()
                                    .setAttribute("${attr.kernel.name}")
                                    .setValue("linux"))
                    .putEnv("TIER", "prod")
                    .setUpdate(
                            UpdateDefaults.newBuilder()
                                    .setMaxParallel(2)
                                    .setMinHealthyTime(Durations.fromSeconds(3)))
                    .addAllowedDrivers("raw_exec")
                    .addAllowedDrivers("docker")
                    .build();

    private static ObjectNode json(String text) {
        return (ObjectNode)
                CanonicalJson.read(text.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
    }

    private static Environment prod(JobBaseline baseline) {
        return Environment.newBuilder()
                .setName("projects/shop/environments/prod")
                .setNamespace("shop")
                .setCluster("clusters/eu")
                .setJobBaseline(baseline)
                .build();
    }

    private static BaselineOverlay.Result lay(String job) {
        return BaselineOverlay.apply(json(job), prod(FULL), "eu");
    }

    @Test
    void whatTheJobLeavesOutIsAddedAndTold() {
        BaselineOverlay.Result result =
                lay(
                        "{'ID':'web','TaskGroups':[{'Name':'g','Tasks':[{'Name':'t','Driver':'docker'}]}]}");
        assertThat(result.offences()).isEmpty();
        assertThat(CanonicalJson.bytes(result.job()))
                .isEqualTo(
                        CanonicalJson.bytes(
                                json(
                                        """
                                        {'ID':'web','Namespace':'shop','Region':'eu','Datacenters':['dc1'],'NodePool':'apps',
                                         'Constraints':[{'LTarget':'${attr.kernel.name}','RTarget':'linux','Operand':'='}],
                                         'Update':{'MaxParallel':2,'MinHealthyTime':3000000000},
                                         'TaskGroups':[{'Name':'g','Tasks':[{'Name':'t','Driver':'docker','Env':{'TIER':'prod'}}]}]}
                                        """)));
        assertThat(result.changes())
                .containsExactly(
                        "namespace: set to \"shop\"",
                        "region: set to \"eu\"",
                        "datacenters: set to [dc1]",
                        "node_pool: set to apps",
                        "constraint: added ${attr.kernel.name} = linux",
                        "update.max_parallel: set to 2",
                        "update.min_healthy_time: set to 3s",
                        "group \"g\" > task \"t\" > env.TIER: set to \"prod\"");
    }

    @Test
    void jobspecWinsOverUpdateDefaultsAndKeepsWhatAgrees() {
        BaselineOverlay.Result result =
                lay(
                        """
                        {'ID':'web','Namespace':'shop','Region':'eu','Datacenters':['dc1'],'NodePool':'apps',
                         'Constraints':[{'LTarget':'${attr.kernel.name}','RTarget':'linux','Operand':'='}],
                         'Update':{'MaxParallel':5,'MinHealthyTime':1},
                         'TaskGroups':[{'Name':'g','Tasks':[{'Name':'t','Driver':'raw_exec','Env':{'TIER':'prod'}}]}]}
                        """);
        assertThat(result.changes()).isEmpty();
        assertThat(result.offences()).isEmpty();
        assertThat(result.job().at("/Update/MaxParallel").asInt()).isEqualTo(5);
    }

    @Test
    void replacedPlacesTellWhatStoodThere() {
        assertThat(lay("{'Datacenters':['dc7','dc8'],'NodePool':'gpu'}").changes())
                .contains(
                        "datacenters: [dc1] instead of [dc7, dc8]",
                        "node_pool: apps instead of gpu");
    }

    @Test
    void batchJobGetsNoUpdateBlock() {
        assertThat(lay("{'Type':'batch'}").job().has("Update")).isFalse();
    }

    @Test
    void allOffencesOfAllJobsAreToldAtOnceWithTheirPaths() {
        BaselineOverlay.Result web =
                lay(
                        """
                        {'ID':'web','Namespace':'other','Region':'us','TaskGroups':[
                         {'Name':'a','Tasks':[{'Name':'t','Driver':'java'}]},
                         {'Name':'b','Tasks':[{'Name':'u','Driver':'raw_exec','Env':{'TIER':'dev'}}]}]}
                        """);
        BaselineOverlay.Result api =
                lay(
                        "{'ID':'api','TaskGroups':[{'Name':'g','Tasks':[{'Name':'t','Driver':'qemu'}]}]}");
        GatewayException refusal =
                Assertions.catchThrowableOfType(
                        GatewayException.class,
                        () ->
                                Offences.refuse(
                                        List.of(
                                                new Offences("web", web.offences()),
                                                new Offences("api", api.offences())),
                                        "projects/shop/environments/prod"));
        assertThat(refusal.reason()).isEqualTo(Reason.FORBIDDEN_BY_BASELINE);
        assertThat(refusal.details().preconditions())
                .extracting(PreconditionViolation::description)
                .containsExactly(
                        "job \"web\" > namespace: \"other\" is not that of projects/shop/environments/prod, which is \"shop\";"
                                + " leave it out of the jobspec",
                        "job \"web\" > region: \"us\" is not that of projects/shop/environments/prod, which is \"eu\";"
                                + " leave it out of the jobspec",
                        "job \"web\" > group \"a\" > task \"t\" > driver: \"java\" is not allowed in"
                                + " projects/shop/environments/prod, which allows raw_exec, docker",
                        "job \"web\" > group \"b\" > task \"u\" > env.TIER: another value than \"prod\", which"
                                + " projects/shop/environments/prod sets; leave it out of the jobspec",
                        "job \"api\" > group \"g\" > task \"t\" > driver: \"qemu\" is not allowed in"
                                + " projects/shop/environments/prod, which allows raw_exec, docker");
        assertThat(refusal.text()).contains("driver: \"java\"").contains("driver: \"qemu\"");
    }

    @Test
    void regionThatNobodyDeclaresIsRefused() {
        assertThat(
                        BaselineOverlay.apply(
                                        json("{'Region':'eu'}"),
                                        prod(JobBaseline.getDefaultInstance()),
                                        "")
                                .offences())
                .singleElement()
                .asString()
                .contains("\"eu\" is not declared by clusters/eu");
    }

    @Test
    void theJobGivenIsLeftAlone() {
        ObjectNode job = json("{'ID':'web','TaskGroups':[{'Tasks':[{'Driver':'docker'}]}]}");
        ObjectNode before = job.deepCopy();
        BaselineOverlay.apply(job, prod(FULL), "eu");
        assertThat(job).isEqualTo(before);
    }
}
