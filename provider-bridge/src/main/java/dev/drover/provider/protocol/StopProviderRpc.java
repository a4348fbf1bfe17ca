package dev.drover.provider.protocol;

/**
 * Ctrl-C: asks the running calls to come to an end. The empty answer says that this was understood.
 */
final class StopProviderRpc implements Method {
    private final Session session;

    StopProviderRpc(Session session) {
        this.session = session;
    }

    @Override
    public String name() {
        return "StopProvider";
    }

    @Override
    public byte[] call(byte[] request) {
        session.cancel();
        return new byte[0];
    }
}
