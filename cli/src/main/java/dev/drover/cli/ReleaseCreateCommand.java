package dev.drover.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import com.google.protobuf.util.JsonFormat;
import dev.drover.v1.CreateReleaseRequest;
import dev.drover.v1.JobspecFormat;
import dev.drover.v1.Release;
import dev.drover.v1.ReleaseJob;
import dev.drover.v1.ReleaseServiceGrpc;
import java.util.Map;
import java.util.TreeMap;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Creates a release from jobspec files. */
@Command(
        name = "create",
        description = "Create a release from jobspecs, one for each job of the application.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  drover release create storefront/1.4.2 --job web=web.hcl --var version=1.4.2",
            "  drover release create shop/7 --job web=web.hcl --job worker=worker.json"
        })
final class ReleaseCreateCommand extends ConnectionCommand {
    @Parameters(
            index = "0",
            paramLabel = "APPLICATION/RELEASE",
            description = "For example shop/1.4.2")
    String name = "";

    @Option(
            names = {"--job", "-job"},
            required = true,
            paramLabel = "ID=FILE",
            description =
                    "A job of the application and its jobspec (.hcl or .json); once for each job")
    Map<String, String> jobs = new TreeMap<>();

    @Option(
            names = {"--var", "-var"},
            paramLabel = "NAME=VALUE",
            description =
                    "A variable of the jobspecs; a value that is JSON is taken as such, anything else as text")
    Map<String, String> variables = new TreeMap<>();

    @Option(
            names = {"--source-revision", "-source-revision"},
            defaultValue = "",
            paramLabel = "TEXT",
            description = "Where it was built from, for example a commit")
    String sourceRevision = "";

    @Option(
            names = {"--release-version", "-release-version"},
            defaultValue = "",
            paramLabel = "TEXT",
            description = "The version as people call it. Default: the release's id")
    String version = "";

    @Option(
            names = {"--label", "-label"},
            paramLabel = "KEY=VALUE",
            description = "A label")
    Map<String, String> labels = new TreeMap<>();

    @Option(
            names = {"--request-id", "-request-id"},
            defaultValue = "",
            paramLabel = "ID",
            description = "Makes a repetition of this command safe for 24 hours")
    String requestId = "";

    @Override
    ExitCode run(Connection gateway) {
        String full = connection.names().release(name);
        Release.Builder release =
                Release.newBuilder()
                        .setVersion(version)
                        .setSourceRevision(sourceRevision)
                        .setVariables(struct())
                        .putAllLabels(labels);
        for (Map.Entry<String, String> job : jobs.entrySet()) {
            release.addJobs(job(job.getKey(), job.getValue()));
        }
        Release created =
                gateway.calling(ReleaseServiceGrpc::newBlockingStub)
                        .createRelease(
                                CreateReleaseRequest.newBuilder()
                                        .setParent(
                                                full.substring(0, full.lastIndexOf("/releases/")))
                                        .setReleaseId(Names.id(full))
                                        .setRelease(release)
                                        .setRequestId(requestId)
                                        .build());
        if (output.json()) {
            output.print(created);
        } else {
            output.line(
                    "Created release "
                            + Names.shortRelease(created.getName())
                            + " with "
                            + created.getJobsCount()
                            + (created.getJobsCount() == 1 ? " job" : " jobs")
                            + ", digest "
                            + created.getDigest().substring(0, 12));
        }
        return ExitCode.DONE;
    }

    private static ReleaseJob job(String id, String file) {
        return ReleaseJob.newBuilder()
                .setId(id)
                .setJobspec(InputFile.read("the jobspec of job " + id, file))
                .setFormat(file.endsWith(".json") ? JobspecFormat.JSON : JobspecFormat.HCL2)
                .build();
    }

    private Struct struct() {
        Struct.Builder all = Struct.newBuilder();
        variables.forEach((variable, value) -> all.putFields(variable, value(value)));
        return all.build();
    }

    // 1.0 is a version more often than a number: only JSON's lists, objects, booleans and whole
    // numbers are not text.
    private static Value value(String text) {
        if (!text.matches("(?s)[\\[{].*|true|false|-?[0-9]+")) {
            return Value.newBuilder().setStringValue(text).build();
        }
        try {
            Value.Builder value = Value.newBuilder();
            JsonFormat.parser().merge(new ObjectMapper().readTree(text).toString(), value);
            return value.build();
        } catch (JsonProcessingException | InvalidProtocolBufferException e) {
            throw new CliException(
                    "the value " + text + " begins like JSON but is none: " + e.getMessage(), e);
        }
    }
}
