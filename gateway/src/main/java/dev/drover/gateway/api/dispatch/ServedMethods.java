package dev.drover.gateway.api.dispatch;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.MethodDescriptor;
import com.google.protobuf.Descriptors.ServiceDescriptor;
import com.google.protobuf.DynamicMessage;
import com.google.protobuf.GeneratorNames;
import com.google.protobuf.Internal;
import com.google.protobuf.Message;
import dev.drover.gateway.call.Methods;
import dev.drover.v1.AccessLevel;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Every method of every service of which at least one method is implemented. The others of such a
 * service are known too, so that a caller is told that they are not there yet.
 */
public final class ServedMethods {
    private final Map<String, ServedMethod> byName = new LinkedHashMap<>();
    private final Set<ServiceDescriptor> services = new LinkedHashSet<>();

    /** Takes what the features have put into the table. */
    public ServedMethods(Methods methods) {
        methods.methods().forEach(method -> services.add(method.getService()));
        for (ServiceDescriptor service : services) {
            for (MethodDescriptor method : service.getMethods()) {
                ServedMethod served = served(method, methods);
                byName.put(served.fullName(), served);
            }
        }
    }

    /** The method with a name as gRPC writes it. */
    public Optional<ServedMethod> find(String fullName) {
        return Optional.ofNullable(byName.get(fullName));
    }

    /** All of them. */
    public Collection<ServedMethod> all() {
        return Collections.unmodifiableCollection(byName.values());
    }

    /** Their services. */
    public Set<ServiceDescriptor> services() {
        return Collections.unmodifiableSet(services);
    }

    private static ServedMethod served(MethodDescriptor method, Methods methods) {
        AccessLevel access = AccessRules.needed(method);
        return new ServedMethod(
                method,
                prototype(method.getInputType()),
                access,
                methods.unary(method),
                methods.stream(method));
    }

    /** Default instance of a message's generated class; a dynamic one where it has none. */
    public static Message prototype(Descriptor type) {
        try {
            Class<? extends Message> generated =
                    Class.forName(GeneratorNames.getBytecodeClassName(type))
                            .asSubclass(Message.class);
            Message instance = Internal.getDefaultInstance(generated);
            // Two descriptors of one name: the fields of one are strangers to the other.
            return instance.getDescriptorForType() == type
                    ? instance
                    : DynamicMessage.getDefaultInstance(type);
        } catch (ClassNotFoundException e) {
            return DynamicMessage.getDefaultInstance(type);
        }
    }
}
