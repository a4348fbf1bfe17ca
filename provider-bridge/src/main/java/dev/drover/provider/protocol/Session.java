package dev.drover.provider.protocol;

import dev.drover.provider.framework.Call;
import dev.drover.provider.framework.Cancellation;
import dev.drover.provider.framework.DataSource;
import dev.drover.provider.framework.Diagnostic;
import dev.drover.provider.framework.DiagnosticException;
import dev.drover.provider.framework.EphemeralResource;
import dev.drover.provider.framework.ListResource;
import dev.drover.provider.framework.Log;
import dev.drover.provider.framework.Provider;
import dev.drover.provider.framework.Resource;
import java.util.concurrent.atomic.AtomicLong;

/** What the calls of one process share. */
final class Session {
    private final Provider provider;
    private final Log log;
    private final AtomicLong faults = new AtomicLong();
    private volatile Cancellation cancellation = new Cancellation();

    Session(Provider provider, Log log) {
        this.provider = provider;
        this.log = log;
    }

    Provider provider() {
        return provider;
    }

    Call newCall() {
        return new Call(cancellation);
    }

    void cancel() {
        cancellation.request();
    }

    /**
     * A process in debug mode serves one run after another: each starts with a configuration,
     * uncancelled.
     */
    void beginRun() {
        if (cancellation.isRequested()) {
            cancellation = new Cancellation();
        }
    }

    Resource resource(String type) {
        return provider.resource(type)
                .orElseThrow(() ->
                        new DiagnosticException(
                                Diagnostic.error(
                                        "Unknown resource type",
                                        "This version of the provider has no resource \""
                                                + type
                                                + "\".")));
    }

    DataSource dataSource(String type) {
        return provider.dataSource(type)
                .orElseThrow(() ->
                        new DiagnosticException(
                                Diagnostic.error(
                                        "Unknown data source",
                                        "This version of the provider has no data source \""
                                                + type
                                                + "\".")));
    }

    EphemeralResource ephemeral(String type) {
        return provider.ephemeral(type)
                .orElseThrow(
                        () -> unknown("Unknown ephemeral resource", "ephemeral resource", type));
    }

    ListResource list(String type) {
        return provider.list(type)
                .orElseThrow(() -> unknown("Unknown list", "list of resources", type));
    }

    private static DiagnosticException unknown(String summary, String kind, String type) {
        return new DiagnosticException(
                Diagnostic.error(
                        summary,
                        "This version of the provider has no " + kind + " \"" + type + "\"."));
    }

    /**
     * Turns a fault of the provider into a diagnostic; the cause is in the log, under the same id.
     */
    void report(String method, Throwable fault, Call call) {
        String id = ProcessHandle.current().pid() + "-" + faults.incrementAndGet();
        log.write(Log.Level.ERROR, "internal error, id " + id + ", in " + method, fault);
        call.diagnostics()
                .error(
                        "Internal error, id " + id,
                        "The provider failed in "
                                + method
                                + ". This is a fault of the provider. Its log has the cause"
                                + " under this id: set TF_LOG_PROVIDER=ERROR and run the command again.");
    }
}
