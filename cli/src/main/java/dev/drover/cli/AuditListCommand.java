package dev.drover.cli;

import com.google.protobuf.util.Timestamps;
import dev.drover.v1.AuditEntry;
import dev.drover.v1.AuditServiceGrpc;
import dev.drover.v1.ListAuditEntriesRequest;
import dev.drover.v1.ListAuditEntriesResponse;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Lists what happened. */
@Command(name = "list", description = "List what happened, the newest last.")
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
            entries.forEach(output::printLine);
            return;
        }
        List<List<String>> rows = new ArrayList<>();
        for (AuditEntry entry : entries) {
            rows.add(
                    List.of(
                            Long.toString(entry.getSeq()),
                            Timestamps.toString(entry.getCreateTime()),
                            Names.id(entry.getActor()),
                            entry.getAction(),
                            entry.getSummary()));
        }
        output.table(List.of("SEQ", "TIME", "ACTOR", "ACTION", "WHAT"), rows);
    }
}
