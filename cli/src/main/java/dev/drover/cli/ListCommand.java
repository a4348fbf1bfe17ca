package dev.drover.cli;

import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.MethodDescriptor;
import com.google.protobuf.DynamicMessage;
import com.google.protobuf.Message;
import com.google.protobuf.Timestamp;
import com.google.protobuf.util.Timestamps;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Lists resources. */
@Command(name = "list", description = "List resources of one kind.")
final class ListCommand extends ConnectionCommand {
    @Parameters(
            index = "0",
            paramLabel = "NOUN",
            description = "For example environments, policies, promotions")
    String noun = "";

    @Option(
            names = {"--parent", "-parent"},
            defaultValue = "",
            paramLabel = "NAME",
            description =
                    "What they belong to, where that is not a project, for example projects/p/applications/a")
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
            token =
                    (String)
                            page.getField(
                                    method.getOutputType().findFieldByName("next_page_token"));
        } while (!token.isEmpty() && found.size() < limit);
        show(found);
        return ExitCode.DONE;
    }

    private Message request(Noun kind, MethodDescriptor method, String token, int size) {
        var request = NounCalls.request(method);
        if (method.getInputType().findFieldByName("parent") != null) {
            NounCalls.set(request, "parent", parentName(kind));
        }
        NounCalls.set(request, "page_size", Math.min(size, 1000));
        NounCalls.set(request, "page_token", token);
        NounCalls.set(request, "filter", filter);
        NounCalls.set(request, "order_by", orderBy);
        return request.build();
    }

    private String parentName(Noun kind) {
        if (!parent.isEmpty()) {
            return kind.pattern().startsWith("projects/{project}/applications/{application}/")
                    ? connection.names().application(parent)
                    : parent;
        }
        if (kind.pattern().split("/", -1).length > 4) {
            throw new CliException(
                    kind.plural() + " belong to something inside a project; give --parent NAME");
        }
        return connection.names().project();
    }

    private static FieldDescriptor items(Noun kind, MethodDescriptor method) {
        return method.getOutputType().getFields().stream()
                .filter(FieldDescriptor::isRepeated)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException(kind.plural() + " cannot be listed"));
    }

    private void show(List<Message> found) {
        if (output.json()) {
            found.forEach(output::printLine);
            return;
        }
        List<List<String>> rows = new ArrayList<>();
        for (Message one : found) {
            rows.add(
                    List.of(
                            text(one, "name"),
                            text(one, "display_name"),
                            text(one, "state"),
                            time(one)));
        }
        output.table(List.of("NAME", "DISPLAY NAME", "STATE", "UPDATED"), rows);
    }

    private static String text(Message message, String field) {
        FieldDescriptor descriptor = message.getDescriptorForType().findFieldByName(field);
        return descriptor == null ? "-" : message.getField(descriptor).toString();
    }

    private static String time(Message message) {
        FieldDescriptor descriptor = message.getDescriptorForType().findFieldByName("update_time");
        if (descriptor == null || !message.hasField(descriptor)) {
            return "-";
        }
        Message time = (Message) message.getField(descriptor);
        var fields = time.getDescriptorForType();
        return Timestamps.toString(
                Timestamp.newBuilder()
                        .setSeconds((Long) time.getField(fields.findFieldByName("seconds")))
                        .build());
    }
}
