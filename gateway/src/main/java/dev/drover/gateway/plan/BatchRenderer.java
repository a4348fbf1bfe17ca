package dev.drover.gateway.plan;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.protobuf.Struct;
import dev.drover.gateway.cluster.NomadCluster;
import dev.drover.gateway.cluster.Submission;
import dev.drover.v1.Environment;
import dev.drover.v1.JobspecFormat;
import dev.drover.v1.ReleaseJob;
import java.util.List;
import java.util.Map;

/** Makes a batch job that is not of a release ready for one environment. */
record BatchRenderer(NomadCluster cluster, Environment environment, Secrets secrets) {

    /** The job under another id, so that several runs of it do not meet. */
    RenderedJob render(String id, String jobspec) {
        Map<String, String> open =
                VariablesFile.open(
                        environment.getVariables(),
                        Struct.getDefaultInstance(),
                        secrets.current().keySet(),
                        environment.getName());
        boolean json = jobspec.stripLeading().startsWith("{");
        ReleaseJob source =
                ReleaseJob.newBuilder()
                        .setJobspec(jobspec)
                        .setFormat(json ? JobspecFormat.JSON : JobspecFormat.HCL2)
                        .build();
        JobspecReader reader =
                new JobspecReader(
                        cluster, Namespaces.of(environment), environment.getName(), open, secrets);
        ObjectNode read = reader.read(source, new JobspecProblem(JobspecProblem.ALONE, id));
        String own = read.path("ID").asText("");
        JobspecProblem problem = new JobspecProblem(JobspecProblem.ALONE, own);
        ObjectNode checked = JobIdentity.checked(read, problem);
        if (!checked.path("Type").asText("service").equals("batch")
                || checked.has("Periodic")
                || checked.has("ParameterizedJob")) {
            throw problem.invalid(
                    "only a job of type \"batch\" that is neither periodic nor parameterized ends"
                            + " by itself");
        }
        BaselineOverlay.Result overlaid = BaselineOverlay.apply(checked, environment, "");
        Offences.refuse(List.of(new Offences(own, overlaid.offences())), environment.getName());
        ObjectNode spec = overlaid.job();
        spec.put("ID", id).put("Name", id);
        return new RenderedJob(
                id,
                0,
                spec,
                new Submission(jobspec, json ? "json" : "hcl2", VariablesFile.text(open)));
    }
}
