package dev.drover.cli;

import dev.drover.v1.GroupCount;
import dev.drover.v1.Promotion;
import dev.drover.v1.PromotionServiceGrpc.PromotionServiceBlockingStub;
import dev.drover.v1.ScaleApplicationRequest;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Changes how many allocations task groups have. */
@Command(
        name = "scale",
        description = {
            "Change how many allocations task groups have, and follow it.",
            "The next release brings the counts of its jobspec again."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  drover scale storefront prod web.frontend=6 --reason 'the sale begins'",
            "  drover scale storefront prod web.frontend=6 worker.jobs=2 --dry-run"
        })
final class ScaleCommand extends LiveChangeCommand {
    /** Ids of jobs may have dots: the last one is before the group. */
    private static final Pattern COUNT = Pattern.compile("(.+)\\.([^.]+)=([0-9]{1,9})");

    @Parameters(
            index = "2..*",
            arity = "1..*",
            paramLabel = "JOB.GROUP=N",
            description = "A task group and its count")
    List<String> counts = List.of();

    @Mixin final OptionalReason reason = new OptionalReason();

    @Override
    Promotion ask(PromotionServiceBlockingStub stub, String application, String environment) {
        ScaleApplicationRequest.Builder request =
                ScaleApplicationRequest.newBuilder()
                        .setName(application)
                        .setEnvironment(environment)
                        .setReason(reason.text)
                        .setValidateOnly(dryRun);
        counts.forEach(text -> request.addGroups(count(text)));
        return stub.scaleApplication(request.build());
    }

    private static GroupCount count(String text) {
        Matcher parts = COUNT.matcher(text);
        if (!parts.matches()) {
            throw new CliException(
                    "'%s' is not JOB.GROUP=N; write for example web.frontend=6".formatted(text));
        }
        return GroupCount.newBuilder()
                .setJob(parts.group(1))
                .setGroup(parts.group(2))
                .setCount(Integer.parseInt(parts.group(3)))
                .build();
    }
}
