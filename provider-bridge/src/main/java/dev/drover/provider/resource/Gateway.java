package dev.drover.provider.resource;

import com.google.protobuf.Descriptors.MethodDescriptor;
import com.google.protobuf.Message;
import dev.drover.provider.framework.AttributePath;
import dev.drover.provider.framework.Call;
import dev.drover.provider.framework.Diagnostic;
import dev.drover.provider.framework.DiagnosticException;
import dev.drover.provider.framework.Value;
import java.io.File;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The gateway as the provider block describes it: which may not be known yet, or not be there. */
final class Gateway {
    private static final String ADDRESS_DEFAULT = "http://127.0.0.1:4680";

    private final Map<String, String> environment;
    private final RunNames names = new RunNames();
    private volatile @Nullable GatewayConnection connection;
    private volatile String unusable = "the provider has not been configured.";

    /**
     * @param environment of the process: DROVER_ADDR, DROVER_TOKEN, DROVER_CACERT
     */
    Gateway(Map<String, String> environment) {
        this.environment = environment;
    }

    /** What this run has shown of names. */
    RunNames names() {
        return names;
    }

    /** Checks the provider block, without asking anybody. */
    void validate(Value.Entries config, Call call) {
        if (config.get("address") instanceof Value.Text(String address)) {
            address(address, call);
        }
    }

    /** Takes the provider block; unknown values are told by the first call that needs them. */
    void configure(Value.Entries config, Call call) {
        disconnect();
        names.clear();
        for (String attribute : new String[] {"address", "token", "ca_cert"}) {
            if (config.get(attribute).isUnknown()) {
                unusable =
                        "the provider's "
                                + attribute
                                + " is not known until other resources are applied."
                                + " Apply those first, for example with -target.";
                return;
            }
        }
        unusable = "its configuration cannot be used.";
        Optional<GatewayAddress> address =
                address(setting(config, "address", "DROVER_ADDR").orElse(ADDRESS_DEFAULT), call);
        if (address.isPresent()) {
            connect(config, address.get(), call);
        }
    }

    private void connect(Value.Entries config, GatewayAddress address, Call call) {
        Optional<File> authorities =
                setting(config, "ca_cert", "DROVER_CACERT")
                        .map(File::new)
                        .or(() -> Authorities.ofSystem(environment));
        try {
            connection =
                    GatewayConnection.open(
                            address,
                            setting(config, "token", "DROVER_TOKEN").orElse(""),
                            authorities);
        } catch (IOException | IllegalArgumentException e) {
            String file = authorities.map(File::getPath).orElse("");
            call.diagnostics()
                    .error(
                            AttributePath.of("ca_cert"),
                            "Certificate authorities cannot be read",
                            "The file "
                                    + file
                                    + " cannot be used: "
                                    + e.getMessage()
                                    + ". It must hold certificates in PEM form.");
        }
    }

    /** Gives the connection up; the next configuration makes another. */
    void disconnect() {
        GatewayConnection former = connection;
        connection = null;
        if (former != null) {
            former.close();
        }
    }

    private static Optional<GatewayAddress> address(String text, Call call) {
        try {
            return Optional.of(GatewayAddress.parse(text));
        } catch (Texts.BadText bad) {
            call.diagnostics()
                    .error(
                            AttributePath.of("address"),
                            "Invalid address of the gateway",
                            bad.text() + ".");
            return Optional.empty();
        }
    }

    private Optional<String> setting(Value.Entries config, String attribute, String variable) {
        if (config.get(attribute) instanceof Value.Text(String text) && !text.isEmpty()) {
            return Optional.of(text);
        }
        return Optional.ofNullable(environment.get(variable)).filter(text -> !text.isEmpty());
    }

    /** Whether the gateway can be asked; a plan does without where it cannot. */
    boolean isKnown() {
        return connection != null;
    }

    String address() {
        GatewayConnection known = connection;
        return known == null ? "an address that is not known yet" : known.address();
    }

    /**
     * Calls a method.
     *
     * @throws RefusedException with what the gateway said
     */
    Message call(MethodDescriptor method, Message request, Call call) {
        GatewayConnection known = connection;
        if (known == null) {
            throw new DiagnosticException(
                    Diagnostic.error(
                            "The gateway cannot be asked",
                            "To do this the gateway is needed, but " + unusable));
        }
        return known.call(method, request, call.cancellation());
    }
}
