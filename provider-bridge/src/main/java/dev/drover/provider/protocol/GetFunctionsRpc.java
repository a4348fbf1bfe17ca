package dev.drover.provider.protocol;

/** There are no functions: an empty answer says so. */
final class GetFunctionsRpc implements Method {
    @Override
    public String name() {
        return "GetFunctions";
    }

    @Override
    public byte[] call(byte[] request) {
        return new byte[0];
    }
}
