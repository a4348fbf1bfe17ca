package dev.drover.gateway.call;

import com.google.protobuf.Descriptors.MethodDescriptor;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The table of methods: features put theirs in, the edge serves what is there. */
public final class Methods {
    private final Map<MethodDescriptor, UnaryMethod> unary = new LinkedHashMap<>();
    private final Map<MethodDescriptor, StreamMethod> streams = new LinkedHashMap<>();

    /** Adds a method with one answer. */
    public void add(MethodDescriptor method, UnaryMethod implementation) {
        if (unary.put(method, implementation) != null) {
            throw new IllegalStateException(method.getFullName() + " is implemented twice");
        }
    }

    /** Adds a method with a stream of answers. */
    public void addStream(MethodDescriptor method, StreamMethod implementation) {
        if (streams.put(method, implementation) != null) {
            throw new IllegalStateException(method.getFullName() + " is implemented twice");
        }
    }

    /** The implementation of a method with one answer. */
    public Optional<UnaryMethod> unary(MethodDescriptor method) {
        return Optional.ofNullable(unary.get(method));
    }

    /** The implementation of a method with a stream of answers. */
    public Optional<StreamMethod> stream(MethodDescriptor method) {
        return Optional.ofNullable(streams.get(method));
    }

    /** Every method that has an implementation, in the order in which they were added. */
    public Set<MethodDescriptor> methods() {
        Set<MethodDescriptor> all = new LinkedHashSet<>(unary.keySet());
        all.addAll(streams.keySet());
        return all;
    }
}
