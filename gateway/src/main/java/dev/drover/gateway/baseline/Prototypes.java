package dev.drover.gateway.baseline;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.GeneratorNames;
import com.google.protobuf.Internal;
import com.google.protobuf.Message;

/** Generated messages, found by their descriptors. */
final class Prototypes {
    private Prototypes() {}

    /** The default instance of the class that was generated for this type. */
    static Message of(Descriptor type) {
        try {
            Class<?> generated = Class.forName(GeneratorNames.getBytecodeClassName(type));
            return Internal.getDefaultInstance(generated.asSubclass(Message.class));
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException("no class was generated for " + type.getFullName(), e);
        }
    }
}
