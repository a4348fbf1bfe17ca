package dev.drover.cli;

import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.MethodDescriptor;
import com.google.protobuf.DynamicMessage;
import com.google.protobuf.Message;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Lists resources. */
@Command(
        name = "list",
        description = "List resources of one kind.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  drover list environments --project shop --filter 'labels.tier = \"prod\"'",
            "  drover list promotions --order-by 'create_time desc' --limit 10",
            "  drover list releases --project shop --parent storefront"
        })
final class ListCommand extends ConnectionCommand {
    private static final int PAGE_SIZE_MAX = 1000;

    @Parameters(
            index = "0",
            paramLabel = "NOUN",
            completionCandidates = NounWords.Listed.class,
            description = "One of: ${COMPLETION-CANDIDATES}")
    String noun = "";

    @Option(
            names = {"--parent", "-parent"},
            defaultValue = "",
            paramLabel = "NAME",
            description = "The application that releases belong to: an id or a resource name")
    String parent = "";

    @Option(
            names = {"--filter", "-filter"},
            defaultValue = "",
            paramLabel = "FILTER",
            description = "For example 'labels.tier = \"prod\"' (AIP-160)")
    String filter = "";

    @Option(
            names = {"--order-by", "-order-by"},
            defaultValue = "",
            paramLabel = "FIELDS",
            description = "For example 'create_time desc'")
    String orderBy = "";

    @Option(
            names = {"--limit", "-limit"},
            defaultValue = "1000",
            paramLabel = "N",
            description = "The most to show. Default: ${DEFAULT-VALUE}")
    int limit;

    @Override
    ExitCode run(Connection gateway) {
        Limits.positive("--limit", limit);
        Noun kind = Noun.of(noun);
        MethodDescriptor method = kind.required("List");
        List<Message> found = new ArrayList<>();
        String token = "";
        do {
            DynamicMessage page =
                    NounCalls.call(
                            gateway, method, request(kind, method, token, limit - found.size()));
            for (Object item : (List<?>) page.getField(items(kind, method))) {
                found.add((Message) item);
            }
            token = NounCalls.text(page, "next_page_token");
        } while (!token.isEmpty() && found.size() < limit);
        show(kind, found, !token.isEmpty());
        return ExitCode.DONE;
    }

    private Message request(Noun kind, MethodDescriptor method, String token, int size) {
        var request = NounCalls.request(method);
        if (method.getInputType().findFieldByName("parent") != null) {
            NounCalls.set(request, "parent", kind.parent(parent, connection.names()));
        }
        NounCalls.set(request, "page_size", Math.min(size, PAGE_SIZE_MAX));
        NounCalls.set(request, "page_token", token);
        NounCalls.set(request, "filter", filter);
        NounCalls.set(request, "order_by", orderBy);
        return request.build();
    }

    private static FieldDescriptor items(Noun kind, MethodDescriptor method) {
        return method.getOutputType().getFields().stream()
                .filter(FieldDescriptor::isRepeated)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException(kind.plural() + " cannot be listed"));
    }

    private void show(Noun kind, List<Message> found, boolean more) {
        if (output.json()) {
            output.printAll(found);
        } else if (found.isEmpty()) {
            output.note("There are no " + kind.plural() + (filter.isEmpty() ? "." : " like that."));
        } else {
            NounTable.print(output, kind, found);
        }
        if (more) {
            output.note("There are more than " + limit + "; see --limit and --filter.");
        }
    }
}
