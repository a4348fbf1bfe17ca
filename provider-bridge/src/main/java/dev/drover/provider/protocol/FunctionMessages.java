package dev.drover.provider.protocol;

import com.google.protobuf.ByteString;
import dev.drover.provider.framework.Function;
import dev.drover.provider.framework.Provider;
import dev.drover.provider.framework.Type;
import dev.drover.provider.tfplugin6.StringKind;
import java.util.Map;
import java.util.TreeMap;

/** Signatures of functions as messages. */
final class FunctionMessages {
    private FunctionMessages() {}

    /** All functions of a provider, by name. */
    static Map<String, dev.drover.provider.tfplugin6.Function> of(Provider provider) {
        Map<String, dev.drover.provider.tfplugin6.Function> messages = new TreeMap<>();
        for (String name : provider.functionNames()) {
            messages.put(name, message(provider.function(name).orElseThrow().signature()));
        }
        return messages;
    }

    private static dev.drover.provider.tfplugin6.Function message(Function.Signature signature) {
        var message =
                dev.drover.provider.tfplugin6.Function.newBuilder()
                        .setSummary(signature.summary())
                        .setDescription(signature.description())
                        .setDescriptionKind(StringKind.MARKDOWN)
                        .setReturn(
                                dev.drover.provider.tfplugin6.Function.Return.newBuilder()
                                        .setType(type(signature.result())));
        signature.parameters().forEach(one -> message.addParameters(parameter(one)));
        signature.variadic().ifPresent(one -> message.setVariadicParameter(parameter(one)));
        return message.build();
    }

    private static dev.drover.provider.tfplugin6.Function.Parameter parameter(
            Function.Parameter parameter) {
        return dev.drover.provider.tfplugin6.Function.Parameter.newBuilder()
                .setName(parameter.name())
                .setType(type(parameter.type()))
                .setAllowNullValue(parameter.allowsNull())
                .setAllowUnknownValues(parameter.allowsUnknown())
                .setDescription(parameter.description())
                .setDescriptionKind(StringKind.MARKDOWN)
                .build();
    }

    private static ByteString type(Type type) {
        return ByteString.copyFromUtf8(TypeJson.text(type));
    }
}
