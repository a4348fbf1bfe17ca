package dev.drover.gateway.baseline;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.MethodDescriptor;
import com.google.protobuf.Descriptors.ServiceDescriptor;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** The standard methods of a noun, found in the service that has a {@code Get} for it. */
record KindMethods(Map<Verb, MethodDescriptor> byVerb) {
    static KindMethods of(Descriptor noun) {
        ServiceDescriptor service =
                noun.getFile().getServices().stream()
                        .filter(each -> each.findMethodByName("Get" + noun.getName()) != null)
                        .findFirst()
                        .orElseThrow(() ->
                                new IllegalArgumentException(
                                        noun.getFile().getName()
                                                + " has no service with Get"
                                                + noun.getName()));
        Map<Verb, MethodDescriptor> found = new EnumMap<>(Verb.class);
        for (MethodDescriptor method : service.getMethods()) {
            verb(method, noun).ifPresent(verb -> found.put(verb, method));
        }
        return new KindMethods(found);
    }

    private static Optional<Verb> verb(MethodDescriptor method, Descriptor noun) {
        String name = method.getName();
        if (name.equals("Create" + noun.getName())) {
            return Optional.of(Verb.CREATE);
        }
        if (name.equals("Get" + noun.getName())) {
            return Optional.of(Verb.GET);
        }
        if (name.equals("Update" + noun.getName())) {
            return Optional.of(Verb.UPDATE);
        }
        if (name.equals("Delete" + noun.getName())) {
            return Optional.of(Verb.DELETE);
        }
        if (name.startsWith("List") && fieldOf(method.getOutputType(), noun).isPresent()) {
            return Optional.of(Verb.LIST);
        }
        if (name.startsWith("Watch") && fieldOf(method.getOutputType(), noun).isPresent()) {
            return Optional.of(Verb.WATCH);
        }
        return Optional.empty();
    }

    /** The field of a request or response that holds the noun. */
    static Optional<FieldDescriptor> fieldOf(Descriptor message, Descriptor noun) {
        return message.getFields().stream()
                .filter(field -> field.getJavaType() == FieldDescriptor.JavaType.MESSAGE)
                .filter(field -> field.getMessageType().equals(noun))
                .findFirst();
    }

    MethodDescriptor get(Verb verb) {
        return Objects.requireNonNull(byVerb.get(verb), () -> "no method for " + verb);
    }
}
