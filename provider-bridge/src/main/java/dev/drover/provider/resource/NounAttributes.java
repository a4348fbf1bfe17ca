package dev.drover.provider.resource;

import com.google.api.FieldBehavior;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Struct;
import com.google.protobuf.Timestamp;
import dev.drover.provider.framework.Attribute;
import dev.drover.provider.framework.Attribute.Nesting;
import dev.drover.provider.framework.Attribute.Presence;
import dev.drover.provider.framework.Schema;
import dev.drover.provider.framework.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Makes Terraform schemas of proto declarations. */
final class NounAttributes {
    /** Outputs that no update changes. */
    private static final Set<String> FOR_LIFE = Set.of("uid", "create_time");

    private final Comments comments;

    NounAttributes(Comments comments) {
        this.comments = comments;
    }

    /** The schema of a resource. */
    Schema resource(Noun noun) {
        List<Attribute> attributes = new ArrayList<>();
        attributes.add(
                Attribute.of("id", Type.STRING, Presence.COMPUTED)
                        .keepsPrior()
                        .describedAs(
                                "The resource name: `"
                                        + noun.pattern()
                                        + "`. What references take."));
        attributes.addAll(identifiers(noun, Presence.REQUIRED));
        for (FieldDescriptor field : noun.fields()) {
            if (isWriteOnly(field)) {
                attributes.addAll(writeOnly(field));
            } else if (!Noun.hint(field).getObserved()) {
                attributes.add(attribute(field, presence(field)));
            }
        }
        return new Schema(0, comments.of(noun.message()), attributes);
    }

    /** The schema of the data source of one. */
    Schema dataSource(Noun noun) {
        List<Attribute> attributes = new ArrayList<>();
        attributes.add(
                Attribute.of("id", Type.STRING, Presence.COMPUTED)
                        .describedAs("The resource name: `" + noun.pattern() + "`."));
        attributes.addAll(identifiers(noun, Presence.REQUIRED));
        attributes.addAll(outputs(noun));
        return new Schema(0, comments.of(noun.message()), attributes);
    }

    /** The schema of the data source of many. */
    Schema listDataSource(Noun noun) {
        List<Attribute> element = new ArrayList<>();
        element.add(
                Attribute.of("id", Type.STRING, Presence.COMPUTED)
                        .describedAs("The resource name: `" + noun.pattern() + "`."));
        element.addAll(identifiers(noun, Presence.COMPUTED));
        element.addAll(outputs(noun));
        List<Attribute> attributes = new ArrayList<>();
        if (noun.inProject()) {
            attributes.add(project(Presence.REQUIRED));
        }
        attributes.add(
                Attribute.of("filter", Type.STRING, Presence.OPTIONAL)
                        .describedAs(
                                "A filter as in AIP-160, for example `labels.tier = \"prod\"`."));
        attributes.add(
                Attribute.nested(noun.pluralAttribute(), Nesting.LIST, element, Presence.COMPUTED)
                        .describedAs("Those that the filter lets through, by name."));
        return new Schema(0, comments.of(noun.message()), attributes);
    }

    /** What a request takes, as attributes. */
    List<Attribute> inputs(Descriptor request) {
        return request.getFields().stream()
                .map(field -> attribute(field, presence(field)))
                .toList();
    }

    /** What an answer gives, as attributes. */
    List<Attribute> outputs(Descriptor answer) {
        return answer.getFields().stream()
                .map(field -> attribute(field, Presence.COMPUTED))
                .toList();
    }

    /** Whether a field becomes a write-only attribute and its version. */
    static boolean isWriteOnly(FieldDescriptor field) {
        return Noun.is(field, FieldBehavior.INPUT_ONLY) && Noun.hint(field).getSensitive();
    }

    static String writeOnlyName(FieldDescriptor field) {
        return field.getName() + "_wo";
    }

    static String versionName(FieldDescriptor field) {
        return field.getName() + "_wo_version";
    }

    private List<Attribute> identifiers(Noun noun, Presence presence) {
        List<Attribute> attributes = new ArrayList<>();
        if (noun.inProject()) {
            attributes.add(project(presence));
        }
        Attribute name =
                Attribute.of("name", Type.STRING, presence)
                        .describedAs("Its id: the last part of the resource name.");
        attributes.add(presence == Presence.REQUIRED ? name.requiresReplace() : name);
        return attributes;
    }

    private static Attribute project(Presence presence) {
        Attribute project =
                Attribute.of("project", Type.STRING, presence)
                        .describedAs("The id of the project that it is in.");
        return presence == Presence.REQUIRED ? project.requiresReplace() : project;
    }

    private List<Attribute> outputs(Noun noun) {
        return noun.fields().stream()
                .filter(field -> !isWriteOnly(field))
                .map(field -> attribute(field, Presence.COMPUTED))
                .toList();
    }

    private List<Attribute> writeOnly(FieldDescriptor field) {
        return List.of(
                Attribute.of(writeOnlyName(field), type(field), Presence.OPTIONAL)
                        .writeOnly()
                        .sensitive()
                        .describedAs(
                                comments.of(field)
                                        + " Write-only: it is in no state and no plan. Sent on creation, and when `"
                                        + versionName(field)
                                        + "` changes."),
                Attribute.of(versionName(field), Type.STRING, Presence.OPTIONAL)
                        .describedAs(
                                "Any text; change it to send `"
                                        + writeOnlyName(field)
                                        + "` again."));
    }

    private static Presence presence(FieldDescriptor field) {
        boolean computed =
                Noun.is(field, FieldBehavior.OUTPUT_ONLY) || field.getName().equals("etag");
        return computed
                ? Presence.COMPUTED
                : Noun.is(field, FieldBehavior.REQUIRED) ? Presence.REQUIRED : Presence.OPTIONAL;
    }

    private Attribute attribute(FieldDescriptor field, Presence presence) {
        Attribute attribute =
                isNested(field)
                        ? nested(field, presence)
                        : Attribute.of(field.getName(), type(field), presence);
        attribute = attribute.describedAs(comments.of(field));
        if (Noun.hint(field).getSensitive()) {
            attribute = attribute.sensitive();
        }
        if (field.getOptions().getDeprecated()) {
            attribute = attribute.deprecated(comments.of(field));
        }
        if (presence == Presence.COMPUTED) {
            return FOR_LIFE.contains(field.getName()) ? attribute.keepsPrior() : attribute;
        }
        if (!field.isRepeated() && !field.hasPresence()) {
            attribute = attribute.zeroIsUnset();
        }
        if (Noun.is(field, FieldBehavior.IMMUTABLE)) {
            attribute = attribute.requiresReplace();
        }
        return Texts.isText(field) ? attribute.comparedBy(Texts.meaning(field)) : attribute;
    }

    private Attribute nested(FieldDescriptor field, Presence presence) {
        Descriptor message =
                field.isMapField()
                        ? Texts.mapValue(field).getMessageType()
                        : field.getMessageType();
        List<Attribute> inside = new ArrayList<>();
        for (FieldDescriptor part : message.getFields()) {
            if (isWriteOnly(part)) {
                throw new IllegalStateException(
                        part.getFullName() + ": only a field of the noun itself can be write-only");
            }
            inside.add(attribute(part, presence == Presence.COMPUTED ? presence : presence(part)));
        }
        Nesting nesting =
                field.isMapField()
                        ? Nesting.MAP
                        : !field.isRepeated()
                                ? Nesting.SINGLE
                                : Noun.hint(field).getSet() ? Nesting.SET : Nesting.LIST;
        return Attribute.nested(field.getName(), nesting, inside, presence);
    }

    /** Whether a field holds messages with fields of their own, as opposed to one value. */
    static boolean isNested(FieldDescriptor field) {
        FieldDescriptor value = field.isMapField() ? Texts.mapValue(field) : field;
        return value.getJavaType() == FieldDescriptor.JavaType.MESSAGE
                && !Texts.isText(value)
                && !isStruct(value);
    }

    static boolean isStruct(FieldDescriptor field) {
        return field.getJavaType() == FieldDescriptor.JavaType.MESSAGE
                && field.getMessageType()
                        .getFullName()
                        .equals(Struct.getDescriptor().getFullName());
    }

    static boolean isTimestamp(FieldDescriptor field) {
        return field.getJavaType() == FieldDescriptor.JavaType.MESSAGE
                && field.getMessageType()
                        .getFullName()
                        .equals(Timestamp.getDescriptor().getFullName());
    }

    private static Type type(FieldDescriptor field) {
        if (field.isMapField()) {
            return new Type.MapOf(single(Texts.mapValue(field)));
        }
        if (field.isRepeated()) {
            Type element = single(field);
            return Noun.hint(field).getSet() ? new Type.SetOf(element) : new Type.ListOf(element);
        }
        return single(field);
    }

    private static Type single(FieldDescriptor field) {
        if (isStruct(field)) {
            return Type.DYNAMIC;
        }
        return switch (field.getJavaType()) {
            case BOOLEAN -> Type.BOOL;
            case INT, LONG, FLOAT, DOUBLE -> Type.NUMBER;
            case STRING, ENUM, MESSAGE -> Type.STRING;
            case BYTE_STRING ->
                    throw new IllegalStateException(
                            field.getFullName() + " holds bytes, which Terraform has no type for");
        };
    }
}
