package dev.drover.gateway.api.openapi;

import com.google.api.ResourceProto;
import com.google.protobuf.Descriptors.FileDescriptor;
import dev.drover.gateway.api.http.PathTemplate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Writes path templates as OpenAPI paths. A variable that is a whole resource name becomes one
 * parameter per id: {@code {name=projects/*}} is {@code projects/{project}}.
 */
final class ResourcePaths {
    private final Set<List<String>> patterns = new LinkedHashSet<>();

    /** Knows the names of the ids from the resource patterns that these files declare. */
    ResourcePaths(Collection<FileDescriptor> files) {
        for (FileDescriptor file : files) {
            file.getMessageTypes()
                    .forEach(type ->
                            type.getOptions()
                                    .getExtension(ResourceProto.resource)
                                    .getPatternList()
                                    .forEach(p -> patterns.add(List.of(p.split("/")))));
        }
    }

    /**
     * A path.
     *
     * @param text as OpenAPI writes it
     * @param parameters names of the ids in it
     */
    record Path(String text, List<String> parameters) {}

    Path of(PathTemplate template) {
        StringBuilder text = new StringBuilder();
        List<String> parameters = new ArrayList<>();
        for (PathTemplate.Part part : template.parts()) {
            switch (part) {
                case PathTemplate.Part.Literal literal -> text.append(literal.text());
                case PathTemplate.Part.Variable variable ->
                        text.append(variable(variable, parameters));
            }
        }
        return new Path(text.toString(), parameters);
    }

    private String variable(PathTemplate.Part.Variable variable, List<String> parameters) {
        List<String> wanted = List.of(variable.pattern().split("/"));
        List<String> named =
                patterns.stream()
                        .filter(pattern -> matches(pattern, wanted))
                        .findFirst()
                        .orElseGet(() -> invented(wanted));
        named.stream()
                .filter(ResourcePaths::isId)
                .map(id -> id.substring(1, id.length() - 1))
                .forEach(parameters::add);
        return String.join("/", named);
    }

    private static boolean matches(List<String> pattern, List<String> wanted) {
        if (pattern.size() != wanted.size()) {
            return false;
        }
        for (int i = 0; i < wanted.size(); i++) {
            boolean fits =
                    wanted.get(i).equals("*")
                            ? isId(pattern.get(i))
                            : wanted.get(i).equals(pattern.get(i));
            if (!fits) {
                return false;
            }
        }
        return true;
    }

    private static boolean isId(String segment) {
        return segment.startsWith("{");
    }

    // For names that no message declares: the id is called after its collection.
    private static List<String> invented(List<String> wanted) {
        List<String> named = new ArrayList<>();
        for (String segment : wanted) {
            named.add(
                    segment.startsWith("*")
                            ? "{" + named.getLast().replaceAll("s$", "") + "}"
                            : segment);
        }
        return named;
    }
}
