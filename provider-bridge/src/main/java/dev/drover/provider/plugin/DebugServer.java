package dev.drover.provider.plugin;

import dev.drover.provider.framework.Log;
import dev.drover.provider.framework.Provider;
import dev.drover.provider.protocol.Json;
import dev.drover.provider.protocol.ProviderMethods;
import io.grpc.InsecureServerCredentials;
import io.grpc.ServerServiceDefinition;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * A provider that outlives the commands that use it, for debuggers and tests: plain text on
 * loopback, named to Terraform by an environment variable. Commands that run at the same time share
 * one configuration.
 */
public final class DebugServer implements AutoCloseable {
    /** The variable that Terraform looks at. */
    public static final String VARIABLE = "TF_REATTACH_PROVIDERS";

    /** It warns of every connection that ends without a farewell, as each command's do. */
    private static final Logger TRANSPORT =
            Logger.getLogger("io.grpc.okhttp.OkHttpServerTransport");

    private final PluginServer server;
    private final Provider provider;
    private final String reattach;

    private DebugServer(PluginServer server, Provider provider, String reattach) {
        this.server = server;
        this.provider = provider;
        this.reattach = reattach;
    }

    /**
     * Starts on a free port.
     *
     * @param address the provider's source address, such as {@code drover.dev/drover/drover}
     */
    public static DebugServer start(Provider provider, String address, Log log) throws IOException {
        TRANSPORT.setLevel(Level.SEVERE);
        EarlySocket socket = EarlySocket.open();
        Activity activity = new Activity();
        List<ServerServiceDefinition> services =
                new ArrayList<>(new ControlServices(new Ending()).definitions());
        services.add(
                PluginServer.service(
                        ProviderMethods.SERVICE, ProviderMethods.of(provider, log), activity));
        PluginServer server =
                new PluginServer(socket, InsecureServerCredentials.create(), services);
        server.start();
        return new DebugServer(server, provider, reattach(address, socket.getLocalPort()));
    }

    /** The value of the variable. */
    public String reattach() {
        return reattach;
    }

    @Override
    public void close() {
        try {
            server.stop();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        provider.close();
    }

    private static String reattach(String address, int port) {
        return "{"
                + Json.quoted(address)
                + ":{\"Protocol\":\"grpc\",\"ProtocolVersion\":"
                + Handshake.PROTOCOL
                + ",\"Pid\":"
                + ProcessHandle.current().pid()
                + ",\"Test\":true,\"Addr\":{\"Network\":\"tcp\",\"String\":\"127.0.0.1:"
                + port
                + "\"}}}";
    }
}
