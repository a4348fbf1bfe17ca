package dev.drover.gateway.fault;

import dev.drover.gateway.app.ConfigFile;
import dev.drover.gateway.app.Gateway;
import dev.drover.gateway.app.GatewayConfig;
import dev.drover.gateway.app.ProcessLog;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;

/**
 * A gateway as a process of its own, to be killed. Arguments: directory of the store, root token,
 * Nomad's token. Prints its address when it is ready.
 */
final class GatewayProgram {
    private GatewayProgram() {}

    public static void main(String[] arguments) throws InterruptedException {
        ProcessLog.configure(new GatewayConfig.Log("info", GatewayConfig.Log.Format.TEXT));
        GatewayConfig config =
                ConfigFile.read(
                        Optional.empty(),
                        Map.of(),
                        Map.of("listen.port", "0", "store.directory", arguments[0]));
        Gateway gateway =
                Gateway.start(
                        config, Optional.of(arguments[1]), Map.of("NOMAD_TOKEN", arguments[2]));
        System.out.println(gateway.address());
        // Until it is killed.
        new CountDownLatch(1).await();
    }
}
