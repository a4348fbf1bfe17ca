package dev.drover.cli;

import dev.drover.v1.ApplicationStatus;
import dev.drover.v1.EnvironmentState;
import dev.drover.v1.GetApplicationStatusRequest;
import dev.drover.v1.ListEnvironmentStatesRequest;
import dev.drover.v1.ListEnvironmentStatesResponse;
import dev.drover.v1.PromotionServiceGrpc;
import dev.drover.v1.WorkloadServiceGrpc;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Shows what runs where, or how one application does in one environment. */
@Command(
        name = "status",
        description = {
            "Show what runs where, or what is wrong with one application in one environment.",
            "Without arguments: applications by environments."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  drover status --project shop",
            "  drover status storefront prod --project shop",
            "  drover status storefront prod -o json"
        })
final class StatusCommand extends ConnectionCommand {
    @Parameters(
            index = "0",
            arity = "0..1",
            defaultValue = "",
            paramLabel = "APPLICATION",
            description = "For example storefront; together with ENVIRONMENT")
    String application = "";

    @Parameters(
            index = "1",
            arity = "0..1",
            defaultValue = "",
            paramLabel = "ENVIRONMENT",
            description = "For example prod")
    String environment = "";

    @Override
    ExitCode run(Connection gateway) {
        return application.isEmpty() ? table(gateway) : one(gateway);
    }

    private ExitCode one(Connection gateway) {
        if (environment.isEmpty()) {
            throw new CliException(
                    "an environment is needed: drover status %s ENVIRONMENT"
                            .formatted(application));
        }
        ApplicationStatus status =
                gateway.calling(WorkloadServiceGrpc::newBlockingStub)
                        .getApplicationStatus(
                                GetApplicationStatusRequest.newBuilder()
                                        .setName(connection.names().application(application))
                                        .setEnvironment(connection.names().environment(environment))
                                        .build());
        if (output.json()) {
            output.print(status);
        } else {
            new ApplicationStatusText(output).print(status);
        }
        return ExitCode.DONE;
    }

    private ExitCode table(Connection gateway) {
        List<EnvironmentState> states = all(gateway);
        if (output.json()) {
            output.printAll(states);
            return ExitCode.DONE;
        }
        if (states.isEmpty()) {
            output.note(
                    connection.names().project()
                            + " has no application with a pipeline of environments.");
            return ExitCode.DONE;
        }
        states.stream()
                .flatMap(state -> state.getSuspensionsList().stream())
                .distinct()
                .forEach(one -> output.line("SUSPENDED " + SuspensionText.told(one)));
        Map<String, Map<String, String>> cells = new LinkedHashMap<>();
        Set<String> environments = new LinkedHashSet<>();
        for (EnvironmentState state : states) {
            String environment = Names.id(state.getEnvironment());
            environments.add(environment);
            cells.computeIfAbsent(Names.id(state.getApplication()), name -> new LinkedHashMap<>())
                    .put(environment, ReleaseText.cell(state));
        }
        List<String> heading = new ArrayList<>(List.of("APPLICATION"));
        environments.forEach(environment -> heading.add(environment.toUpperCase(Locale.ROOT)));
        List<List<String>> rows = new ArrayList<>();
        cells.forEach((application, row) -> {
            List<String> line = new ArrayList<>(List.of(application));
            environments.forEach(environment -> line.add(row.getOrDefault(environment, "")));
            rows.add(line);
        });
        output.table(heading, rows);
        return ExitCode.DONE;
    }

    private List<EnvironmentState> all(Connection gateway) {
        List<EnvironmentState> states = new ArrayList<>();
        String token = "";
        do {
            ListEnvironmentStatesResponse page =
                    gateway.calling(PromotionServiceGrpc::newBlockingStub)
                            .listEnvironmentStates(
                                    ListEnvironmentStatesRequest.newBuilder()
                                            .setParent(connection.names().project())
                                            .setPageSize(1000)
                                            .setPageToken(token)
                                            .build());
            states.addAll(page.getEnvironmentStatesList());
            token = page.getNextPageToken();
        } while (!token.isEmpty());
        return states;
    }
}
