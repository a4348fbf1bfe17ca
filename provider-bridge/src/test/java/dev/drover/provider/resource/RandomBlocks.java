package dev.drover.provider.resource;

import com.google.api.ResourceProto;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import dev.drover.provider.framework.Absent;
import dev.drover.provider.framework.Attribute;
import dev.drover.provider.framework.Schema;
import dev.drover.provider.framework.Type;
import dev.drover.provider.framework.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.random.RandomGenerator;

/**
 * Blocks of a noun as its proto lets them be, mostly: each attribute absent, empty, set, nested, in
 * one spelling or another. What is wrong nevertheless is for the provider to refuse.
 */
public final class RandomBlocks {
    private static final int PRESENT_PERCENT = 45;

    private static final Map<String, List<String>> TEXTS =
            Map.ofEntries(
                    Map.entry("display_name", List.of("", "Shop", "Lädchen \"1\"", "a\nb")),
                    Map.entry("owners", List.of("group:owners", "group:web", "user:ada")),
                    Map.entry("groups", List.of("owners", "sre", "web")),
                    Map.entry("servers", List.of("http://127.0.0.1:4646", "https://nomad:4646")),
                    Map.entry("token_reference", List.of("env:NOMAD_TOKEN", "file:/run/token")),
                    Map.entry("value_from", List.of("env:KEY", "file:/run/key")),
                    Map.entry("namespace", List.of("default", "web")),
                    Map.entry("zone", List.of("UTC", "Europe/Berlin", "Australia/Lord_Howe")),
                    Map.entry("start", List.of("2026-12-24", "2026-12-24T18:00")),
                    Map.entry("end", List.of("2026-12-27", "2026-12-26T06:00")),
                    Map.entry("rrule", List.of("FREQ=DAILY", "FREQ=WEEKLY;BYDAY=MO,TU")),
                    Map.entry("cron", List.of("0 9 * * MON-FRI", "*/30 1 * * *")),
                    Map.entry(
                            "url",
                            List.of("http://web.example/healthz", "https://a/?b={{release}}")),
                    Map.entry("address", List.of("http://prometheus:9090")),
                    Map.entry("query", List.of("up", "sum(rate(errors[5m]))")),
                    Map.entry("message", List.of("'no: ' + release.version", "'wait'")),
                    Map.entry("id", List.of("a", "b", "prod", "web")),
                    Map.entry("after", List.of("a", "b")),
                    Map.entry("stages", List.of("prod")),
                    Map.entry("jobspec", List.of("job \"t\" {\n  group \"g\" {}\n}")),
                    Map.entry("operator", List.of("=", "!=", "regexp")),
                    Map.entry("attribute", List.of("${attr.kernel.name}")));

    private static final Map<String, List<String>> CONDITIONS =
            Map.of(
                    "",
                            List.of(
                                    "true",
                                    "plan.destructive_updates  <= 10",
                                    "release.id != ''\n  && true"),
                    "NomadFacts", List.of("healthy == desired"),
                    "HttpFacts", List.of("status == 200", "latency < duration('1s')"),
                    "PrometheusFacts", List.of("value < 0.1"),
                    "ComparisonFacts", List.of("p_value > 0.05"));

    private final RandomGenerator random;
    private final Noun noun;
    private final Schema schema;
    private final Map<String, List<String>> names;

    /**
     * Blocks of a resource.
     *
     * @param names resource names that references may take, by the type of the API
     */
    public RandomBlocks(
            RandomGenerator random, String type, Schema schema, Map<String, List<String>> names) {
        this.random = random;
        this.noun = Nouns.of(type).orElseThrow();
        this.schema = schema;
        this.names = names;
    }

    /** All resources. */
    public static List<String> types() {
        return List.copyOf(Nouns.types());
    }

    /** The data source that lists those of a resource. */
    public static String plural(String type) {
        return Nouns.of(type).orElseThrow().pluralType();
    }

    /** Any block. */
    public Value.Entries block(String name) {
        Map<String, Value> values = new LinkedHashMap<>();
        for (Attribute attribute : schema.attributes()) {
            values.put(attribute.name(), top(attribute, name));
        }
        return new Value.Entries(values);
    }

    /** The same block with a few attributes as in another. */
    public Value.Entries changed(Value.Entries block) {
        Value.Entries other = block(((Value.Text) block.get("name")).text());
        Value.Entries changed = block;
        for (int i = 0; i <= random.nextInt(3); i++) {
            Attribute attribute =
                    schema.attributes().get(random.nextInt(schema.attributes().size()));
            changed = changed.with(attribute.name(), other.get(attribute.name()));
        }
        return changed;
    }

    /** The block before everything in it is known. */
    public Value.Entries early(Value.Entries block) {
        Map<String, Value> values = new LinkedHashMap<>(block.values());
        for (Attribute attribute : schema.attributes()) {
            boolean identifies = List.of("name", "project").contains(attribute.name());
            if (!identifies && !block.get(attribute.name()).isNull() && random.nextInt(8) == 0) {
                values.put(attribute.name(), hidden(block.get(attribute.name())));
            }
        }
        return new Value.Entries(values);
    }

    /** All of it, or one element of a map or list. */
    private Value hidden(Value value) {
        if (random.nextBoolean()) {
            return Absent.UNKNOWN;
        }
        return switch (value) {
            case Value.Sequence(List<Value> elements) when !elements.isEmpty() -> {
                List<Value> copy = new ArrayList<>(elements);
                int index = random.nextInt(copy.size());
                copy.set(index, deeper(copy.get(index)));
                yield new Value.Sequence(copy);
            }
            case Value.Entries map when !map.values().isEmpty() -> {
                List<String> keys = List.copyOf(map.values().keySet());
                String key = keys.get(random.nextInt(keys.size()));
                yield map.get(key).isNull() ? map : map.with(key, Absent.UNKNOWN);
            }
            default -> Absent.UNKNOWN;
        };
    }

    private Value deeper(Value element) {
        return element instanceof Value.Entries object ? hidden(object) : Absent.UNKNOWN;
    }

    private Value top(Attribute attribute, String name) {
        String key = attribute.name();
        if (!attribute.presence().isConfigurable()) {
            return Absent.NULL;
        }
        if (key.equals("name")) {
            return Value.text(name);
        }
        if (key.equals("project")) {
            return Value.text("shop");
        }
        if (key.endsWith("_wo") || key.endsWith("_wo_version")) {
            return random.nextBoolean()
                    ? Absent.NULL
                    : key.endsWith("_wo")
                            ? new Value.Entries(Map.of("key", Value.text("k" + random.nextInt(3))))
                            : Value.text("" + random.nextInt(3));
        }
        return value(attribute, noun.message().findFieldByName(key));
    }

    private Value value(Attribute attribute, FieldDescriptor field) {
        boolean required = attribute.presence() == Attribute.Presence.REQUIRED;
        if (!attribute.presence().isConfigurable()
                || (!required && random.nextInt(100) >= PRESENT_PERCENT)) {
            return Absent.NULL;
        }
        if (attribute.nested().isPresent()) {
            return nested(attribute.nested().get(), field, required);
        }
        return plain(attribute.type(), field, required);
    }

    private Value nested(Attribute.Nested nested, FieldDescriptor field, boolean required) {
        Descriptor message =
                field.isMapField()
                        ? Texts.mapValue(field).getMessageType()
                        : field.getMessageType();
        return switch (nested.nesting()) {
            case SINGLE -> object(nested.attributes(), message);
            case LIST -> new Value.Sequence(objects(nested.attributes(), message, required));
            case SET -> {
                List<Value> distinct =
                        objects(nested.attributes(), message, required).stream()
                                .distinct()
                                .toList();
                yield new Value.Members(distinct);
            }
            case MAP -> {
                Map<String, Value> map = new TreeMap<>();
                for (Value one : objects(nested.attributes(), message, required)) {
                    map.put(random.nextBoolean() ? "prod" : "web", one);
                }
                yield new Value.Entries(map);
            }
        };
    }

    private List<Value> objects(List<Attribute> attributes, Descriptor message, boolean required) {
        List<Value> objects = new ArrayList<>();
        int count = Math.max(required ? 1 : 0, random.nextInt(3));
        for (int i = 0; i < count; i++) {
            objects.add(object(attributes, message));
        }
        return objects;
    }

    private Value object(List<Attribute> attributes, Descriptor message) {
        Map<String, Value> values = new LinkedHashMap<>();
        // Of fields that exclude one another one is tried.
        Map<Object, String> chosen = new LinkedHashMap<>();
        message.getRealOneofs()
                .forEach(oneof ->
                        chosen.put(
                                oneof,
                                oneof.getField(random.nextInt(oneof.getFieldCount())).getName()));
        for (Attribute attribute : attributes) {
            FieldDescriptor field = message.findFieldByName(attribute.name());
            String only = chosen.get(field.getRealContainingOneof());
            boolean out = only != null && !only.equals(field.getName());
            values.put(
                    attribute.name(),
                    out
                            ? Absent.NULL
                            : only == null
                                    ? value(attribute, field)
                                    : nested(attribute.nested().orElseThrow(), field, true));
        }
        return new Value.Entries(values);
    }

    private Value plain(Type type, FieldDescriptor field, boolean required) {
        return switch (type) {
            case Type.ListOf list -> new Value.Sequence(elements(list.element(), field, required));
            case Type.SetOf set ->
                    new Value.Members(
                            elements(set.element(), field, required).stream().distinct().toList());
            case Type.MapOf map -> {
                Map<String, Value> entries = new TreeMap<>();
                for (Value one : elements(map.element(), Texts.mapValue(field), required)) {
                    entries.put("k" + random.nextInt(4), one);
                }
                yield new Value.Entries(entries);
            }
            case Type.Simple simple when simple == Type.BOOL -> Value.bool(random.nextBoolean());
            case Type.Simple simple when simple == Type.NUMBER -> number(field);
            case Type.Simple simple when simple == Type.DYNAMIC -> anything();
            default -> Value.text(text(field));
        };
    }

    private List<Value> elements(Type type, FieldDescriptor field, boolean required) {
        List<Value> elements = new ArrayList<>();
        int count = Math.max(required ? 1 : 0, random.nextInt(4));
        for (int i = 0; i < count; i++) {
            elements.add(plain(type, field, true));
        }
        return elements;
    }

    private Value number(FieldDescriptor field) {
        long min = Noun.hint(field).getMin();
        long max = Math.max(min + 1, Noun.hint(field).getMax());
        return Value.number(
                random.nextInt(4) == 0 ? min : random.nextLong(min, Math.min(max, min + 5)));
    }

    private Value anything() {
        Map<String, Type> types = new TreeMap<>();
        Map<String, Value> values = new TreeMap<>();
        for (int i = 0; i < random.nextInt(4); i++) {
            String key = "v" + random.nextInt(4);
            switch (random.nextInt(4)) {
                case 0 -> put(types, values, key, Type.STRING, Value.text("x" + i));
                case 1 -> put(types, values, key, Type.NUMBER, Value.number(random.nextInt(9)));
                case 2 -> put(types, values, key, Type.BOOL, Value.bool(random.nextBoolean()));
                default ->
                        put(
                                types,
                                values,
                                key,
                                new Type.ListOf(Type.STRING),
                                new Value.Sequence(List.of(Value.text("y"))));
            }
        }
        return new Value.Typed(new Type.ObjectOf(types), new Value.Entries(values));
    }

    private static void put(
            Map<String, Type> types,
            Map<String, Value> values,
            String key,
            Type type,
            Value value) {
        types.put(key, type);
        values.put(key, value);
    }

    private String text(FieldDescriptor field) {
        String target = field.getOptions().getExtension(ResourceProto.resourceReference).getType();
        if (names.containsKey(target)) {
            return any(names.get(target));
        }
        if (field.getJavaType() == FieldDescriptor.JavaType.ENUM) {
            var values = field.getEnumType().getValues();
            return values.get(1 + random.nextInt(values.size() - 1)).getName();
        }
        if (Texts.isDuration(field)) {
            return any(List.of("10s", "90s", "1m30s", "600s", "10m", "1h", "0.5h", "24h"));
        }
        if (Texts.isText(field)) {
            return any(List.of("2030-01-31T08:00:00Z", "2030-01-31T09:00:00+01:00"));
        }
        String variables = Noun.hint(field).getVariables();
        if (CONDITIONS.containsKey(variables) && Noun.hint(field).getExpressionValue() == 1) {
            return any(CONDITIONS.get(variables));
        }
        String pattern = Noun.hint(field).getPattern();
        if (pattern.matches("[A-Z|]+")) {
            return any(List.of(pattern.split("\\|", -1)));
        }
        return any(TEXTS.getOrDefault(field.getName(), List.of("x", "y-1", "Z")));
    }

    private <T> T any(List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }
}
