package dev.drover.cli;

import dev.drover.v1.EnvironmentState;
import dev.drover.v1.ListEnvironmentStatesRequest;
import dev.drover.v1.ListEnvironmentStatesResponse;
import dev.drover.v1.Promotion;
import dev.drover.v1.PromotionServiceGrpc;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import picocli.CommandLine.Command;

/** Shows what runs where. */
@Command(
        name = "status",
        description = "Show what runs where: applications by environments.",
        footerHeading = "%nExamples:%n",
        footer = {"  drover status --project shop", "  drover status --project shop -o json"})
final class StatusCommand extends ConnectionCommand {
    @Override
    ExitCode run(Connection gateway) {
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
        Map<String, Map<String, String>> cells = new LinkedHashMap<>();
        Set<String> environments = new LinkedHashSet<>();
        for (EnvironmentState state : states) {
            String environment = Names.id(state.getEnvironment());
            environments.add(environment);
            cells.computeIfAbsent(Names.id(state.getApplication()), name -> new LinkedHashMap<>())
                    .put(environment, cell(state));
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

    // What runs, and what is going on or went wrong since.
    private static String cell(EnvironmentState state) {
        String runs = state.getRelease().isEmpty() ? "-" : Names.id(state.getRelease());
        if (!state.getActivePromotion().isEmpty()) {
            return runs
                    + " ("
                    + Names.id(state.getActivePromotion())
                    + " "
                    + state.getActiveState()
                    + ")";
        }
        boolean well =
                state.getLastPromotion().isEmpty()
                        || state.getLastState() == Promotion.State.SUCCEEDED;
        return well
                ? runs
                : runs
                        + " (last: "
                        + Names.id(state.getLastPromotion())
                        + " "
                        + state.getLastState()
                        + ")";
    }
}
