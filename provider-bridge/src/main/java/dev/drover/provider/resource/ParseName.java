package dev.drover.provider.resource;

import com.google.api.ResourceDescriptor;
import com.google.api.ResourceProto;
import dev.drover.provider.framework.Absent;
import dev.drover.provider.framework.ArgumentException;
import dev.drover.provider.framework.Function;
import dev.drover.provider.framework.Type;
import dev.drover.provider.framework.Value;
import dev.drover.v1.Promotion;
import dev.drover.v1.Release;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** {@code parse_name(id)}: the parts of a resource name. */
final class ParseName implements Function {
    private static final Type.ObjectOf RESULT =
            new Type.ObjectOf(
                    Map.of(
                            "kind", Type.STRING,
                            "name", Type.STRING,
                            "project", Type.STRING,
                            "parent", Type.STRING,
                            "ids", new Type.MapOf(Type.STRING)));

    /** What a name may be of. */
    private record Shape(String kind, List<String> parts) {
        static Shape of(String singular, String pattern) {
            return new Shape(Noun.snake(singular), List.of(pattern.split("/", -1)));
        }

        static Shape of(ResourceDescriptor resource) {
            return of(resource.getSingular(), resource.getPattern(0));
        }

        boolean fits(List<String> given) {
            if (parts.size() != given.size()) {
                return false;
            }
            for (int i = 0; i < parts.size(); i++) {
                boolean id = parts.get(i).startsWith("{");
                if (id ? given.get(i).isBlank() : !given.get(i).equals(parts.get(i))) {
                    return false;
                }
            }
            return true;
        }

        Map<String, Value> ids(List<String> given) {
            Map<String, Value> ids = new LinkedHashMap<>();
            for (int i = 0; i < parts.size(); i++) {
                if (parts.get(i).startsWith("{")) {
                    ids.put(
                            parts.get(i).substring(1, parts.get(i).length() - 1),
                            Value.text(given.get(i)));
                }
            }
            return ids;
        }
    }

    @Override
    public Signature signature() {
        return Signature.of(
                "The parts of a resource name",
                "Takes the name of anything that Drover keeps apart, as `id` attributes and references have it:"
                        + " `kind` is what it names, for example `environment`; `name` the last id; `project` the"
                        + " project's id, or null; `parent` the name of what it is in, or null; `ids` every id by what"
                        + " it is of.",
                List.of(
                        Parameter.of(
                                "id",
                                Type.STRING,
                                "A resource name, for example `projects/shop/environments/prod`.")),
                RESULT);
    }

    @Override
    public Value call(List<Value> arguments) {
        String name = ((Value.Text) arguments.getFirst()).text();
        List<String> given = List.of(name.split("/", -1));
        List<Shape> shapes = shapes();
        for (Shape shape : shapes) {
            if (shape.fits(given)) {
                return parts(shape, given);
            }
        }
        throw new ArgumentException(
                0,
                "\""
                        + name
                        + "\" is no resource name; they are of the form "
                        + shapes.stream()
                                .map(shape -> String.join("/", shape.parts()))
                                .collect(Collectors.joining(", ")));
    }

    private static Value parts(Shape shape, List<String> given) {
        Map<String, Value> ids = shape.ids(given);
        List<String> above = given.subList(0, given.size() - 2);
        return new Value.Entries(
                Map.of(
                        "kind", Value.text(shape.kind()),
                        "name", Value.text(given.getLast()),
                        "project", ids.getOrDefault("project", Absent.NULL),
                        "parent",
                                above.isEmpty() ? Absent.NULL : Value.text(String.join("/", above)),
                        "ids", new Value.Entries(ids)));
    }

    private static List<Shape> shapes() {
        List<Shape> shapes = new ArrayList<>();
        for (String type : Nouns.types()) {
            Noun noun = Nouns.of(type).orElseThrow();
            shapes.add(Shape.of(noun.singular(), noun.pattern()));
        }
        for (var live : List.of(Release.getDescriptor(), Promotion.getDescriptor())) {
            shapes.add(Shape.of(live.getOptions().getExtension(ResourceProto.resource)));
        }
        return shapes;
    }
}
