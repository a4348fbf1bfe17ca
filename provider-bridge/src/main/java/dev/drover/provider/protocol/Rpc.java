package dev.drover.provider.protocol;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.MessageLite;
import dev.drover.provider.framework.Call;
import dev.drover.provider.framework.DiagnosticException;

/**
 * One call of the protocol. Whatever happens in the provider is answered with diagnostics; only a
 * request that is no message of the protocol makes the call itself fail.
 */
abstract class Rpc<Q extends MessageLite> implements Method {
    private final Session session;

    Rpc(Session session) {
        this.session = session;
    }

    Session session() {
        return session;
    }

    abstract Q parse(byte[] request) throws InvalidProtocolBufferException;

    /** Does the work; anything thrown becomes a diagnostic. */
    abstract MessageLite answer(Q request, Call call);

    /**
     * The answer when {@link #answer} has thrown: the diagnostics, and what else must not get lost.
     */
    abstract MessageLite failed(Q request, Call call);

    @Override
    public final byte[] call(byte[] bytes) {
        Q request;
        try {
            request = parse(bytes);
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalArgumentException(
                    name() + ": the request is no message of the protocol", e);
        }
        Call call = session.newCall();
        try {
            return answer(request, call).toByteArray();
        } catch (DiagnosticException e) {
            call.diagnostics().add(e.diagnostic());
        } catch (Throwable fault) {
            session.report(name(), fault, call);
        }
        return failed(request, call).toByteArray();
    }
}
