package dev.drover.cli;

import dev.drover.v1.AuditEntry;
import dev.drover.v1.AuditServiceGrpc;
import dev.drover.v1.ListAuditEntriesRequest;
import dev.drover.v1.ListAuditEntriesResponse;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Lists what happened. */
@Command(
        name = "list",
        description = "List what happened, the newest last.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  drover audit list --limit 20",
            "  drover audit list --filter 'actor = \"serviceAccounts/ci\"'",
            "  drover audit list --filter 'resource = \"projects/shop/*\"' -o json"
        })
final class AuditListCommand extends ConnectionCommand {
    @Option(
            names = {"--filter", "-filter"},
            defaultValue = "",
            paramLabel = "FILTER",
            description =
                    "For example 'actor = \"serviceAccounts/ci\"' or 'resource = \"projects/shop/*\"'")
    String filter = "";

    @Option(
            names = {"--limit", "-limit"},
            defaultValue = "50",
            paramLabel = "N",
            description = "The newest N. Default: ${DEFAULT-VALUE}")
    int limit;

    @Override
    ExitCode run(Connection gateway) {
        Limits.positive("--limit", limit);
        List<AuditEntry> newestFirst = new ArrayList<>();
        String token = "";
        do {
            ListAuditEntriesResponse page =
                    gateway.calling(AuditServiceGrpc::newBlockingStub)
                            .listAuditEntries(
                                    ListAuditEntriesRequest.newBuilder()
                                            .setFilter(filter)
                                            .setOrderBy("seq desc")
                                            .setPageSize(Math.min(1000, limit - newestFirst.size()))
                                            .setPageToken(token)
                                            .build());
            newestFirst.addAll(page.getAuditEntriesList());
            token = page.getNextPageToken();
        } while (!token.isEmpty() && newestFirst.size() < limit);
        show(newestFirst.reversed());
        return ExitCode.DONE;
    }

    private void show(List<AuditEntry> entries) {
        if (output.json()) {
            output.printAll(entries);
            return;
        }
        if (entries.isEmpty()) {
            output.note("There are no entries" + (filter.isEmpty() ? "." : " like that."));
            return;
        }
        List<List<String>> rows = new ArrayList<>();
        for (AuditEntry entry : entries) {
            rows.add(
                    List.of(
                            Long.toString(entry.getSeq()),
                            Times.text(entry.getCreateTime()),
                            Names.id(entry.getActor()),
                            entry.getAction(),
                            entry.getResource(),
                            entry.getSummary()));
        }
        output.table(List.of("SEQ", "TIME (UTC)", "ACTOR", "ACTION", "RESOURCE", "WHAT"), rows);
    }
}
