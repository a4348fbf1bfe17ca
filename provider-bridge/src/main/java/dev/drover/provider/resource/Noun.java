package dev.drover.provider.resource;

import com.google.api.FieldBehavior;
import com.google.api.FieldBehaviorProto;
import com.google.api.ResourceDescriptor;
import com.google.api.ResourceProto;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.FileDescriptor;
import com.google.protobuf.Descriptors.MethodDescriptor;
import com.google.protobuf.Descriptors.ServiceDescriptor;
import dev.drover.provider.framework.Attribute;
import dev.drover.provider.framework.Type;
import dev.drover.provider.framework.Value;
import dev.drover.v1.FieldHint;
import dev.drover.v1.OptionsProto;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A declarative noun, as its proto declares it.
 *
 * @param message the noun's message
 * @param service the service with its standard methods
 * @param singular for example {@code serviceAccount}
 * @param plural for example {@code serviceAccounts}
 * @param pattern for example {@code projects/{project}/environments/{environment}}
 */
record Noun(
        Descriptor message,
        ServiceDescriptor service,
        String singular,
        String plural,
        String pattern) {
    private static final String PROJECTS = "projects/";

    /**
     * What an id must look like.
     *
     * @param pattern the whole id
     * @param words the same for people
     */
    record IdRule(Pattern pattern, String words) {
        /** The rule of most nouns, and of all projects. */
        static final IdRule LABEL =
                new IdRule(
                        Pattern.compile("[a-z][a-z0-9-]{0,62}"),
                        "1 to 63 of a-z, 0-9 and -, starting with a letter");
    }

    /** The noun that a file declares: the message that its only service is named after. */
    static Noun of(FileDescriptor file) {
        ServiceDescriptor service = file.getServices().getFirst();
        Descriptor message =
                file.findMessageTypeByName(service.getName().replaceFirst("Service$", ""));
        ResourceDescriptor resource = message.getOptions().getExtension(ResourceProto.resource);
        return new Noun(
                message,
                service,
                resource.getSingular(),
                resource.getPlural(),
                resource.getPattern(0));
    }

    /** The name of the resource, for example {@code drover_service_account}. */
    String type() {
        return "drover_" + snake(singular);
    }

    /** The name of the data source of many, for example {@code drover_service_accounts}. */
    String pluralType() {
        return "drover_" + snake(plural);
    }

    /** The attribute of the data source of many, for example {@code service_accounts}. */
    String pluralAttribute() {
        return snake(plural);
    }

    /** The field of requests that holds the noun, for example {@code service_account}. */
    String field() {
        return snake(singular);
    }

    /** Whether it lives in a project. */
    boolean inProject() {
        return pattern.startsWith(PROJECTS + "{project}/");
    }

    /** {@code Create}, {@code Get}, {@code Update} or {@code Delete}. */
    MethodDescriptor method(String verb) {
        return service.findMethodByName(verb + message.getName());
    }

    MethodDescriptor listMethod() {
        return service.findMethodByName(
                "List" + plural.substring(0, 1).toUpperCase(Locale.ROOT) + plural.substring(1));
    }

    /** What its ids look like: declared at the id field of its Create request, or as DNS has it. */
    IdRule ids() {
        FieldDescriptor id = method("Create").getInputType().findFieldByName(field() + "_id");
        String pattern = hint(id).getPattern();
        return pattern.isEmpty()
                ? IdRule.LABEL
                : new IdRule(Pattern.compile(pattern), "a text that matches " + pattern);
    }

    /** The noun in words, for example {@code service account}. */
    String words() {
        return snake(singular).replace('_', ' ');
    }

    /** What identifies one: what its resource name is made of. */
    List<Attribute> identity() {
        Attribute name =
                Attribute.of("name", Type.STRING, Attribute.Presence.REQUIRED)
                        .describedAs("Its id: the last part of the resource name.");
        Attribute project =
                Attribute.of("project", Type.STRING, Attribute.Presence.REQUIRED)
                        .describedAs("The id of the project that it is in.");
        return inProject() ? List.of(project, name) : List.of(name);
    }

    /** The parent's name, for requests. */
    String parent(String project) {
        return PROJECTS + project;
    }

    /** The resource name. */
    String name(String project, String id) {
        String filled = pattern.replace("{project}", project);
        return filled.substring(0, filled.lastIndexOf('/') + 1) + id;
    }

    /** The resource name of what a block or a state describes. */
    String name(Value.Entries values) {
        return name(
                inProject() ? NounRequests.text(values, "project") : "",
                NounRequests.text(values, "name"));
    }

    /** The same for a plan, where the name may depend on what is unknown. */
    Optional<String> knownName(Value.Entries values) {
        boolean known =
                values.get("name") instanceof Value.Text
                        && (!inProject() || values.get("project") instanceof Value.Text);
        return known ? Optional.of(name(values)) : Optional.empty();
    }

    /** Whether a text is a resource name of this noun. */
    boolean isName(String text) {
        String[] wanted = pattern.split("/", -1);
        String[] given = text.split("/", -1);
        if (wanted.length != given.length) {
            return false;
        }
        for (int i = 0; i < wanted.length; i++) {
            boolean variable = wanted[i].startsWith("{");
            if (variable ? given[i].isEmpty() : !given[i].equals(wanted[i])) {
                return false;
            }
        }
        return true;
    }

    /** The last part of a resource name. */
    static String id(String name) {
        return name.substring(name.lastIndexOf('/') + 1);
    }

    /** The project of a resource name in a project. */
    static String project(String name) {
        return name.split("/", -1)[1];
    }

    static boolean is(FieldDescriptor field, FieldBehavior behavior) {
        return field.getOptions().getExtension(FieldBehaviorProto.fieldBehavior).contains(behavior);
    }

    static FieldHint hint(FieldDescriptor field) {
        return field.getOptions().getExtension(OptionsProto.hint);
    }

    /**
     * Fields that attributes are made of: all but the name, which id, name and project stand for.
     */
    List<FieldDescriptor> fields() {
        return message.getFields().stream()
                .filter(field -> !is(field, FieldBehavior.IDENTIFIER))
                .toList();
    }

    /** {@code serviceAccount} as {@code service_account}, {@code Cluster} as {@code _cluster}. */
    static String snake(String camel) {
        return camel.replaceAll("([A-Z])", "_$1").toLowerCase(Locale.ROOT);
    }
}
