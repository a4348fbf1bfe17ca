package dev.drover.gateway.api.grpc;

import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.rpc.Code;
import dev.drover.gateway.api.schema.SchemaFiles;
import io.grpc.reflection.v1.ErrorResponse;
import io.grpc.reflection.v1.ExtensionNumberResponse;
import io.grpc.reflection.v1.ExtensionRequest;
import io.grpc.reflection.v1.FileDescriptorResponse;
import io.grpc.reflection.v1.ListServiceResponse;
import io.grpc.reflection.v1.ServerReflectionRequest;
import io.grpc.reflection.v1.ServerReflectionResponse;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/** Answers the requests of one reflection stream; each file is sent once, with what it imports. */
final class ReflectionAnswers {
    private final SchemaFiles files;
    private final SymbolIndex symbols;
    private final Iterable<String> services;
    private final Set<String> sent = new HashSet<>();

    ReflectionAnswers(SchemaFiles files, SymbolIndex symbols, Iterable<String> services) {
        this.files = files;
        this.symbols = symbols;
        this.services = services;
    }

    ServerReflectionResponse answer(ServerReflectionRequest request) {
        ServerReflectionResponse.Builder answer =
                ServerReflectionResponse.newBuilder()
                        .setValidHost(request.getHost())
                        .setOriginalRequest(request);
        switch (request.getMessageRequestCase()) {
            case FILE_BY_FILENAME ->
                    file(
                            answer,
                            files.file(request.getFileByFilename()),
                            request.getFileByFilename());
            case FILE_CONTAINING_SYMBOL ->
                    file(
                            answer,
                            symbols.file(request.getFileContainingSymbol()),
                            request.getFileContainingSymbol());
            case FILE_CONTAINING_EXTENSION ->
                    extension(answer, request.getFileContainingExtension());
            case ALL_EXTENSION_NUMBERS_OF_TYPE ->
                    numbers(answer, request.getAllExtensionNumbersOfType());
            case LIST_SERVICES -> answer.setListServicesResponse(list());
            case MESSAGEREQUEST_NOT_SET ->
                    answer.setErrorResponse(error(Code.INVALID_ARGUMENT, "nothing is asked for"));
        }
        return answer.build();
    }

    private void extension(ServerReflectionResponse.Builder answer, ExtensionRequest request) {
        file(
                answer,
                Optional.ofNullable(
                        symbols.extensions(request.getContainingType())
                                .get(request.getExtensionNumber())),
                request.getContainingType() + " extension " + request.getExtensionNumber());
    }

    private void numbers(ServerReflectionResponse.Builder answer, String type) {
        if (symbols.file(type).isEmpty()) {
            answer.setErrorResponse(error(Code.NOT_FOUND, "there is no " + type));
        } else {
            answer.setAllExtensionNumbersResponse(
                    ExtensionNumberResponse.newBuilder()
                            .setBaseTypeName(type)
                            .addAllExtensionNumber(symbols.extensions(type).keySet()));
        }
    }

    private ListServiceResponse list() {
        ListServiceResponse.Builder list = ListServiceResponse.newBuilder();
        services.forEach(service -> list.addServiceBuilder().setName(service));
        return list.build();
    }

    private void file(
            ServerReflectionResponse.Builder answer,
            Optional<FileDescriptorProto> found,
            String what) {
        if (found.isEmpty()) {
            answer.setErrorResponse(error(Code.NOT_FOUND, "there is no " + what));
        } else {
            answer.setFileDescriptorResponse(withImports(found.get()));
        }
    }

    private FileDescriptorResponse withImports(FileDescriptorProto first) {
        FileDescriptorResponse.Builder response = FileDescriptorResponse.newBuilder();
        // The one that was asked for is sent again: the caller may have forgotten it.
        response.addFileDescriptorProto(first.toByteString());
        sent.add(first.getName());
        Deque<String> wanted = new ArrayDeque<>(first.getDependencyList());
        while (!wanted.isEmpty()) {
            String name = wanted.removeFirst();
            if (sent.add(name)) {
                files.file(name)
                        .ifPresent(file -> {
                            response.addFileDescriptorProto(file.toByteString());
                            wanted.addAll(file.getDependencyList());
                        });
            }
        }
        return response.build();
    }

    private static ErrorResponse error(Code code, String message) {
        return ErrorResponse.newBuilder()
                .setErrorCode(code.getNumber())
                .setErrorMessage(message)
                .build();
    }
}
