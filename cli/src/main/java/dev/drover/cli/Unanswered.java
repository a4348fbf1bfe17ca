package dev.drover.cli;

import io.grpc.StatusRuntimeException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.security.cert.CertificateException;
import java.util.List;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLPeerUnverifiedException;

/** Tells why no gateway answered a call, and what may help. */
final class Unanswered {
    private Unanswered() {}

    static String text(StatusRuntimeException error, String address) {
        return switch (error.getStatus().getCode()) {
            case UNAVAILABLE -> "no gateway answers at " + address + ": " + why(error, address);
            case DEADLINE_EXCEEDED ->
                    "the gateway at "
                            + address
                            + " did not answer in time; what was asked for may have been done:"
                            + " look before you repeat it";
            default ->
                    "what answers at "
                            + address
                            + " is no gateway, or something stands between ("
                            + error.getStatus().getCode()
                            + ": "
                            + error.getStatus().getDescription()
                            + "); is DROVER_ADDR or --address right?";
        };
    }

    private static String why(StatusRuntimeException error, String address) {
        List<Throwable> chain = causes(error);
        if (has(chain, UnknownHostException.class)) {
            return "there is no such host; is DROVER_ADDR or --address right?";
        }
        if (has(chain, ConnectException.class)) {
            return "nothing listens there; is the gateway running, and is DROVER_ADDR or --address right?";
        }
        if (has(chain, SSLPeerUnverifiedException.class)) {
            return "its certificate is for another host name; use the name that it was made for";
        }
        if (has(chain, CertificateException.class)) {
            return "its certificate is not trusted; give the authority that signed it with --ca-cert or DROVER_CACERT";
        }
        if (has(chain, SSLException.class)) {
            return "it does not speak TLS as expected ("
                    + chain.getLast().getMessage()
                    + "); if it serves plain text, the address begins with http://";
        }
        return error.getStatus().getDescription()
                + (address.startsWith("https:")
                        ? ""
                        : "; if it serves TLS, the address begins with https://");
    }

    private static List<Throwable> causes(Throwable error) {
        return Stream.iterate(error, cause -> cause != null, Throwable::getCause).toList();
    }

    private static boolean has(List<Throwable> chain, Class<? extends Throwable> type) {
        return chain.stream().anyMatch(type::isInstance);
    }
}
