package dev.drover.provider.resource;

import com.google.protobuf.Descriptors.MethodDescriptor;
import com.google.protobuf.Message;
import dev.drover.policy.DeclarationChecks;
import dev.drover.policy.PolicyLanguage;
import dev.drover.provider.framework.AttributePath;
import dev.drover.provider.framework.Call;
import dev.drover.provider.framework.Diagnostic;
import dev.drover.provider.framework.DiagnosticException;
import dev.drover.provider.framework.Value;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The gateway as the provider block describes it: which may not be known yet, or not be there. Also
 * the offline checks, which need no gateway.
 */
final class Gateway {
    private static final String ADDRESS_DEFAULT = "http://127.0.0.1:4680";

    private final Map<String, String> environment;
    private final Checks checks = new Checks();
    private volatile @Nullable GatewayConnection connection;
    private volatile String unusable = "the provider has not been configured";

    /**
     * @param environment of the process: DROVER_ADDR, DROVER_TOKEN, DROVER_CACERT
     */
    Gateway(Map<String, String> environment) {
        this.environment = environment;
    }

    /** The checks; made once, when first needed. */
    private static final class Checks {
        private volatile @Nullable DeclarationChecks made;

        DeclarationChecks get() {
            DeclarationChecks known = made;
            if (known == null) {
                known = new DeclarationChecks(new PolicyLanguage());
                made = known;
            }
            return known;
        }
    }

    DeclarationChecks checks() {
        return checks.get();
    }

    /** Takes the provider block; unknown values are told by the first call that needs them. */
    void configure(Value.Entries config, Call call) {
        connection = null;
        for (String attribute : new String[] {"address", "token", "ca_cert"}) {
            if (config.get(attribute).isUnknown()) {
                unusable =
                        "the provider's "
                                + attribute
                                + " is not known until other resources are applied";
                return;
            }
        }
        String address = setting(config, "address", "DROVER_ADDR").orElse(ADDRESS_DEFAULT);
        String token = setting(config, "token", "DROVER_TOKEN").orElse("");
        try {
            connection =
                    GatewayConnection.open(
                            address, token, setting(config, "ca_cert", "DROVER_CACERT"));
        } catch (Texts.BadText bad) {
            call.diagnostics()
                    .add(
                            Diagnostic.error("The gateway cannot be reached", bad.text() + ".")
                                    .at(AttributePath.of("address")));
        }
    }

    private Optional<String> setting(Value.Entries config, String attribute, String variable) {
        if (config.get(attribute) instanceof Value.Text(String text) && !text.isEmpty()) {
            return Optional.of(text);
        }
        return Optional.ofNullable(environment.get(variable)).filter(text -> !text.isEmpty());
    }

    /** Whether the connection is known; a plan does without where it is not. */
    boolean isReachable() {
        return connection != null;
    }

    String address() {
        GatewayConnection known = connection;
        return known == null ? "an address that is not known yet" : known.address();
    }

    /** Calls a method. @throws io.grpc.StatusRuntimeException what the gateway refused with */
    Message call(MethodDescriptor method, Message request, Call call) {
        GatewayConnection known = connection;
        if (known == null) {
            throw new DiagnosticException(
                    Diagnostic.error(
                            "The gateway cannot be asked",
                            "To do this the gateway is needed, but "
                                    + unusable
                                    + ". Apply those resources first, for example with -target."));
        }
        return known.call(method, request, call.cancellation());
    }
}
