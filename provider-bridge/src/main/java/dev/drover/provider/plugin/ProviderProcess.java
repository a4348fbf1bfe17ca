package dev.drover.provider.plugin;

import dev.drover.provider.framework.Log;
import dev.drover.provider.framework.Provider;
import dev.drover.provider.protocol.ProviderMethods;
import io.grpc.InsecureServerCredentials;
import io.grpc.ServerCredentials;
import io.grpc.ServerServiceDefinition;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.function.Supplier;

/**
 * A provider as the process that Terraform starts, or, with {@code -debug}, as one to attach to.
 */
public final class ProviderProcess {
    private static final long CONNECT_SECONDS_MAX = 60;
    private static final int FAILED = 1;
    private static final int CRASHED = 2;

    private final String address;
    private final PrintStream stdout;
    private final Log log;

    private ProviderProcess(String address, PrintStream stdout, Log log) {
        this.address = address;
        this.stdout = stdout;
        this.log = log;
    }

    /**
     * Serves until Terraform is done; this never returns.
     *
     * @param address the provider's source address, such as {@code drover.dev/drover/drover}
     * @param provider made after the handshake line is out
     */
    public static void run(String address, Supplier<Provider> provider, String[] args) {
        // Only the handshake line may come first on stdout: everything else that prints there goes
        // to stderr.
        PrintStream stdout =
                new PrintStream(
                        new FileOutputStream(FileDescriptor.out), false, StandardCharsets.UTF_8);
        System.setOut(System.err);
        Thread.setDefaultUncaughtExceptionHandler(ProviderProcess::crashed);
        Log log = LogLines.onStderr(InstantSource.system(), "provider");
        ProviderProcess process = new ProviderProcess(address, stdout, log);
        System.exit(process.serve(provider, args, System.getenv()));
    }

    private int serve(Supplier<Provider> provider, String[] args, Map<String, String> environment) {
        try {
            if (args.length == 1 && (args[0].equals("-debug") || args[0].equals("--debug"))) {
                return debug(provider.get());
            }
            return plugin(Handshake.accept(environment), provider);
        } catch (Handshake.RefusedException refused) {
            System.err.println(refused.getMessage());
            if (refused.isShown()) {
                stdout.println(refused.getMessage());
                stdout.flush();
            }
        } catch (IOException | GeneralSecurityException e) {
            log.write(Log.Level.ERROR, "the provider cannot start", e);
        } catch (InterruptedException e) {
            log.write(Log.Level.ERROR, "interrupted", e);
        }
        return FAILED;
    }

    private int plugin(Handshake handshake, Supplier<Provider> provider)
            throws IOException, GeneralSecurityException, InterruptedException {
        EarlySocket socket = EarlySocket.open();
        Optional<Certificate> certificate =
                handshake.clientCertificate().isPresent()
                        ? Optional.of(Certificate.create(InstantSource.system().instant()))
                        : Optional.empty();
        stdout.print(
                Handshake.line(socket.getLocalPort(), certificate.map(Certificate::der)) + "\n");
        stdout.flush();

        Provider served = provider.get();
        Ending ending = new Ending();
        Activity activity = new Activity();
        List<ServerServiceDefinition> services =
                new ArrayList<>(new ControlServices(ending).definitions());
        services.add(
                PluginServer.service(
                        ProviderMethods.SERVICE, ProviderMethods.of(served, log), activity));
        ServerCredentials credentials =
                certificate.isPresent()
                        ? PluginServer.mutualTls(
                                certificate.get(), handshake.clientCertificate().orElseThrow())
                        : InsecureServerCredentials.create();
        PluginServer server = new PluginServer(socket, credentials, services);
        server.start();
        if (ending.await(CONNECT_SECONDS_MAX) == Ending.Reason.ORPHANED) {
            log.write(Log.Level.WARN, "Terraform is gone; finishing what is running", null);
            activity.awaitIdle();
        }
        server.stop();
        // The runtime waits 0.3 s at its end for threads that read from open connections.
        served.close();
        return 0;
    }

    private int debug(Provider provider) throws IOException, InterruptedException {
        try (DebugServer server = DebugServer.start(provider, address, log)) {
            stdout.println("Provider started. To attach Terraform, set in its environment:\n");
            stdout.println("  " + DebugServer.VARIABLE + "='" + server.reattach() + "'\n");
            stdout.flush();
            new CountDownLatch(1).await();
            return 0;
        }
    }

    /** "panic: " makes Terraform show the lines that follow, if the process ends. */
    private static void crashed(Thread thread, Throwable failure) {
        System.err.println("panic: in thread " + thread.getName() + ": " + LogLines.stack(failure));
        if (thread.getName().equals("main")) {
            Runtime.getRuntime().halt(CRASHED);
        }
    }
}
