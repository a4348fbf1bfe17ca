package dev.drover.provider.protocol;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.drover.provider.framework.Call;
import dev.drover.provider.framework.DiagnosticException;
import dev.drover.provider.framework.Identity;
import dev.drover.provider.framework.Resource;
import dev.drover.provider.tfplugin6.ListResource;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/** Finds objects: an event for each, and a last one for what went wrong. */
final class ListResourceRpc implements Method {
    private final Session session;

    ListResourceRpc(Session session) {
        this.session = session;
    }

    @Override
    public String name() {
        return "ListResource";
    }

    @Override
    public boolean isStreaming() {
        return true;
    }

    @Override
    public byte[] call(byte[] request) {
        throw new UnsupportedOperationException("a list is a stream");
    }

    @Override
    public void stream(byte[] bytes, Consumer<byte[]> events) {
        ListResource.Request request;
        try {
            request = ListResource.Request.parseFrom(bytes);
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalArgumentException(
                    name() + ": the request is no message of the protocol", e);
        }
        Call call = session.newCall();
        try {
            list(request, events, call);
        } catch (DiagnosticException e) {
            call.diagnostics().add(e.diagnostic());
        } catch (Throwable fault) {
            session.report(name(), fault, call);
        }
        if (!call.diagnostics().all().isEmpty()) {
            events.accept(
                    ListResource.Event.newBuilder()
                            .addAllDiagnostic(Messages.diagnosticsBelow("config", call))
                            .build()
                            .toByteArray());
        }
    }

    private void list(ListResource.Request request, Consumer<byte[]> events, Call call) {
        Resource resource = session.resource(request.getTypeName());
        Identity identity = resource.identity().orElseThrow();
        var list = session.list(request.getTypeName());
        AtomicLong left =
                new AtomicLong(request.getLimit() > 0 ? request.getLimit() : Long.MAX_VALUE);
        list.list(
                Values.decodeBlock(list.schema().type(), request.getConfig()),
                request.getIncludeResourceObject(),
                found -> {
                    var event =
                            ListResource.Event.newBuilder()
                                    .setIdentity(Identities.message(identity, found.identity()))
                                    .setDisplayName(found.displayName());
                    found.state()
                            .ifPresent(state ->
                                    event.setResourceObject(
                                            Values.encode(resource.schema().type(), state)));
                    events.accept(event.build().toByteArray());
                    return left.decrementAndGet() > 0 && !call.cancellation().isRequested();
                },
                call);
    }
}
