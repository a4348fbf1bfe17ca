package dev.drover.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.drover.policy.LanguageSchema;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Tells editors what may stand in an expression. */
@Command(
        name = "schema",
        mixinStandardHelpOptions = true,
        description = {
            "Tell what may stand in the expression of a rule, for people and editors.",
            "Variables with their fields and types, functions with their signatures, macros.",
            "With -o json as one document for editors to complete from."
        },
        footerHeading = "%nExamples:%n",
        footer = {"  drover policy schema", "  drover policy schema -o json > drover-policy.json"})
final class PolicySchemaCommand implements Callable<Integer> {
    /** Changes when a reader of the document has to change; more keys are no reason. */
    private static final int VERSION = 1;

    @Mixin final Output output = new Output();

    @Override
    public Integer call() {
        LanguageSchema schema = LanguageSchema.current();
        Map<String, String> comments = ProtoComments.read();
        if (output.json()) {
            output.print(json(schema, comments));
        } else {
            print(schema, comments);
        }
        return ExitCode.DONE.status();
    }

    private static ObjectNode json(LanguageSchema schema, Map<String, String> comments) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("schemaVersion", VERSION).put("droverVersion", Version.current());
        fields(json.putArray("variables"), schema.variables(), comments);
        ObjectNode types = json.putObject("types");
        schema.types().forEach((name, fields) -> fields(types.putArray(name), fields, comments));
        functions(json.putArray("functions"), schema.functions());
        functions(json.putArray("macros"), schema.macros());
        return json;
    }

    private static void fields(
            ArrayNode all, List<LanguageSchema.Field> fields, Map<String, String> comments) {
        for (LanguageSchema.Field field : fields) {
            all.addObject()
                    .put("name", field.name())
                    .put("type", field.type())
                    .put("description", comments.getOrDefault(field.declared(), ""));
        }
    }

    private static void functions(ArrayNode all, List<LanguageSchema.Function> functions) {
        for (LanguageSchema.Function function : functions) {
            ObjectNode one = all.addObject().put("name", function.name());
            function.signatures().forEach(one.putArray("signatures")::add);
            one.put("description", function.text());
        }
    }

    private void print(LanguageSchema schema, Map<String, String> comments) {
        List<List<String>> rows = new ArrayList<>();
        for (LanguageSchema.Field variable : schema.variables()) {
            rows.add(row(variable.name(), variable, comments));
            for (LanguageSchema.Field field :
                    schema.types().getOrDefault(variable.type(), List.of())) {
                rows.add(row(variable.name() + "." + field.name(), field, comments));
            }
        }
        output.table(List.of("VARIABLE", "TYPE", "WHAT IT IS"), rows);
        for (Map.Entry<String, List<LanguageSchema.Field>> type : schema.types().entrySet()) {
            if (schema.variables().stream().noneMatch(it -> it.type().equals(type.getKey()))) {
                output.line("");
                output.table(
                        List.of(type.getKey(), "TYPE", "WHAT IT IS"),
                        type.getValue().stream()
                                .map(field -> row(field.name(), field, comments))
                                .toList());
            }
        }
        output.line("");
        List<List<String>> calls = new ArrayList<>();
        schema.functions().forEach(one -> addCalls(calls, one));
        schema.macros().forEach(one -> addCalls(calls, one));
        output.table(List.of("FUNCTION", "WHAT IT DOES"), calls);
    }

    private static List<String> row(
            String name, LanguageSchema.Field field, Map<String, String> comments) {
        return List.of(name, field.type(), comments.getOrDefault(field.declared(), ""));
    }

    private static void addCalls(List<List<String>> calls, LanguageSchema.Function function) {
        String text = function.text();
        for (String signature : function.signatures()) {
            calls.add(List.of(signature, text));
            text = "";
        }
    }
}
