package dev.drover.cli;

import com.google.api.ResourceDescriptor;
import com.google.api.ResourceProto;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.FileDescriptor;
import com.google.protobuf.Descriptors.MethodDescriptor;
import com.google.protobuf.Descriptors.ServiceDescriptor;
import dev.drover.v1.ApplicationProto;
import dev.drover.v1.CalendarProto;
import dev.drover.v1.ClusterProto;
import dev.drover.v1.EnvironmentProto;
import dev.drover.v1.PipelineProto;
import dev.drover.v1.PolicyProto;
import dev.drover.v1.ProjectProto;
import dev.drover.v1.PromotionProto;
import dev.drover.v1.ReleaseProto;
import dev.drover.v1.ServiceAccountProto;
import dev.drover.v1.SuspensionProto;
import dev.drover.v1.VerificationProto;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A kind of resource, as its proto declares it: everything that {@code get}, {@code list}, {@code
 * apply} and {@code delete} need to know of it.
 *
 * @param message the resource's message
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
    private static final List<FileDescriptor> FILES =
            List.of(
                    ProjectProto.getDescriptor(),
                    ClusterProto.getDescriptor(),
                    EnvironmentProto.getDescriptor(),
                    PipelineProto.getDescriptor(),
                    ApplicationProto.getDescriptor(),
                    CalendarProto.getDescriptor(),
                    PolicyProto.getDescriptor(),
                    ServiceAccountProto.getDescriptor(),
                    VerificationProto.getDescriptor(),
                    ReleaseProto.getDescriptor(),
                    PromotionProto.getDescriptor(),
                    SuspensionProto.getDescriptor());

    /** All of them. */
    static List<Noun> all() {
        List<Noun> nouns = new ArrayList<>();
        for (FileDescriptor file : FILES) {
            for (ServiceDescriptor service : file.getServices()) {
                String name = service.getName().replaceFirst("Service$", "");
                Descriptor message = file.findMessageTypeByName(name);
                if (message != null && message.getOptions().hasExtension(ResourceProto.resource)) {
                    ResourceDescriptor resource =
                            message.getOptions().getExtension(ResourceProto.resource);
                    nouns.add(
                            new Noun(
                                    message,
                                    service,
                                    resource.getSingular(),
                                    resource.getPlural(),
                                    resource.getPattern(0)));
                }
            }
        }
        return nouns;
    }

    /** The noun that somebody means by a word: singular or plural, dashes or not, any case. */
    static Noun of(String word) {
        String plain = Nearest.plain(word);
        return all().stream()
                .filter(noun ->
                        plain.equals(Nearest.plain(noun.singular))
                                || plain.equals(Nearest.plain(noun.plural)))
                .findFirst()
                .orElseThrow(() -> {
                    List<String> words = all().stream().map(Noun::singular).toList();
                    return new CliException(
                            "there is no noun "
                                    + word
                                    + Nearest.hint(word, words)
                                    + "\n  The nouns are "
                                    + String.join(", ", words));
                });
    }

    /** A standard method, for example {@code Get}; empty where the noun has not got it. */
    Optional<MethodDescriptor> method(String verb) {
        boolean many = verb.equals("List") || verb.equals("Watch");
        String noun =
                many
                        ? plural.substring(0, 1).toUpperCase(Locale.ROOT) + plural.substring(1)
                        : message.getName();
        return Optional.ofNullable(service.findMethodByName(verb + noun));
    }

    /** A standard method that must be there. */
    MethodDescriptor required(String verb) {
        return method(verb)
                .orElseThrow(() ->
                        new CliException(
                                plural
                                        + " have no "
                                        + verb
                                        + "; this command is for "
                                        + String.join(
                                                ", ",
                                                NounWords.of(verb).stream()
                                                        .map(Noun::plural)
                                                        .toList())));
    }

    /** The field of a request that holds the resource, for example {@code environment}. */
    FieldDescriptor bodyField(Descriptor request) {
        return request.getFields().stream()
                .filter(field ->
                        field.getJavaType() == FieldDescriptor.JavaType.MESSAGE
                                && field.getMessageType().equals(message))
                .findFirst()
                .orElseThrow(() ->
                        new IllegalStateException(
                                request.getFullName() + " holds no " + message.getName()));
    }

    /** Whether it lives in a project. */
    boolean inProject() {
        return pattern.startsWith("projects/{project}/");
    }

    /**
     * The parent that a list or a watch is about: the project of the call, or what somebody named.
     */
    String parent(String text, Names names) {
        boolean ofApplication =
                pattern.startsWith("projects/{project}/applications/{application}/");
        if (!text.isEmpty()) {
            return ofApplication ? names.application(text) : text;
        }
        if (ofApplication) {
            throw new CliException(
                    plural + " belong to an application; name it with --parent APPLICATION");
        }
        return names.project();
    }

    /** The resource name of what somebody typed: a full name, or the ids below the project. */
    String name(String text, Names names) {
        String[] wanted = pattern.split("/", -1);
        String[] given = text.split("/", -1);
        if (given.length == wanted.length && given[0].equals(wanted[0])) {
            return text;
        }
        // A full name of something else is no pair of ids.
        boolean collection =
                given.length > 1
                        && all().stream().anyMatch(noun -> noun.pattern.startsWith(given[0] + "/"));
        String full = collection ? "" : fill(wanted, given, names);
        if (full.isEmpty()) {
            throw new CliException(text + " names no " + singular + "; a full name is " + pattern);
        }
        return full;
    }

    private String fill(String[] wanted, String[] ids, Names names) {
        List<String> all = new ArrayList<>(List.of(ids));
        int variables = wanted.length / 2;
        if (inProject() && all.size() == variables - 1) {
            all.addFirst(Names.id(names.project()));
        }
        if (all.size() != variables || all.contains("")) {
            return "";
        }
        StringBuilder name = new StringBuilder();
        for (int i = 0; i < variables; i++) {
            name.append(i == 0 ? "" : "/").append(wanted[2 * i]).append('/').append(all.get(i));
        }
        return name.toString();
    }
}
