package dev.drover.provider.protocol;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.drover.provider.framework.ArgumentException;
import dev.drover.provider.framework.Call;
import dev.drover.provider.framework.Diagnostic;
import dev.drover.provider.framework.DiagnosticException;
import dev.drover.provider.framework.Function;
import dev.drover.provider.framework.Value;
import dev.drover.provider.tfplugin6.CallFunction;
import dev.drover.provider.tfplugin6.FunctionError;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Computes a function. Its errors are texts, at an argument where they can be. */
final class CallFunctionRpc extends Rpc<CallFunction.Request> {
    CallFunctionRpc(Session session) {
        super(session);
    }

    @Override
    public String name() {
        return "CallFunction";
    }

    @Override
    CallFunction.Request parse(byte[] request) throws InvalidProtocolBufferException {
        return CallFunction.Request.parseFrom(request);
    }

    @Override
    CallFunction.Response answer(CallFunction.Request request, Call call) {
        Function function =
                session()
                        .provider()
                        .function(request.getName())
                        .orElseThrow(() ->
                                new DiagnosticException(
                                        Diagnostic.error(
                                                "Unknown function",
                                                "this version of the provider has no function \""
                                                        + request.getName()
                                                        + "\"")));
        Function.Signature signature = function.signature();
        try {
            List<Value> arguments = new ArrayList<>();
            for (int i = 0; i < request.getArgumentsCount(); i++) {
                arguments.add(
                        Values.decode(signature.parameter(i).type(), request.getArguments(i)));
            }
            Value result = Function.result(function, arguments);
            return CallFunction.Response.newBuilder()
                    .setResult(Values.encode(signature.result(), result))
                    .build();
        } catch (ArgumentException wrong) {
            return CallFunction.Response.newBuilder()
                    .setError(
                            FunctionError.newBuilder()
                                    .setText(wrong.text())
                                    .setFunctionArgument(wrong.argument()))
                    .build();
        }
    }

    @Override
    CallFunction.Response failed(CallFunction.Request request, Call call) {
        String text =
                call.diagnostics().all().stream()
                        .map(message -> message.summary() + ": " + message.detail())
                        .collect(Collectors.joining("\n"));
        return CallFunction.Response.newBuilder()
                .setError(FunctionError.newBuilder().setText(text))
                .build();
    }
}
