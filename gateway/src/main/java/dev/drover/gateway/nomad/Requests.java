package dev.drover.gateway.nomad;

import com.fasterxml.jackson.databind.JsonNode;
import dev.drover.gateway.cluster.ClusterSettings;
import java.util.Optional;
import java.util.function.Function;

/** Calls to one cluster with their addresses and the words that name them in messages. */
final class Requests {

    private static final int NOT_FOUND = 404;

    private final ClusterSettings settings;
    private final NomadHttp http;

    Requests(ClusterSettings settings, NomadHttp http) {
        this.settings = settings;
        this.http = http;
    }

    /** Resource name of the cluster. */
    String cluster() {
        return settings.name();
    }

    /** Nomad's name of the region, "" = that of the servers. */
    String region() {
        return settings.region();
    }

    /** The answer as JSON; a refusal is thrown. */
    JsonNode answer(Call call, String what) {
        Reply reply = http.exchange(call, what);
        if (!reply.ok()) {
            throw NomadErrors.refusal(settings.name(), what, reply);
        }
        return json(reply, what);
    }

    /** Empty for 404 and for the answer {@code null}. */
    <T> Optional<T> find(Call call, String what, Function<JsonNode, T> read) {
        Reply reply = http.exchange(call, what);
        if (reply.status() == NOT_FOUND) {
            return Optional.empty();
        }
        if (!reply.ok()) {
            throw NomadErrors.refusal(settings.name(), what, reply);
        }
        JsonNode json = json(reply, what);
        return json.isNull() || json.isMissingNode()
                ? Optional.empty()
                : Optional.of(json).map(read);
    }

    /** Empty if the token may not ask this, or Nomad has no tokens. */
    Optional<JsonNode> ifAllowed(Call call, String what) {
        Reply reply = http.exchange(call, what);
        return reply.ok() ? Optional.of(json(reply, what)) : Optional.empty();
    }

    private JsonNode json(Reply reply, String what) {
        return Json.parse(reply.body())
                .orElseThrow(() ->
                        NomadErrors.unreachable(
                                settings.name(),
                                what,
                                "the answer is not Nomad's: " + Json.clip(reply.body()),
                                true));
    }

    String uri(String path, String namespace) {
        String region =
                settings.region().isEmpty() ? "" : "&region=" + Call.encode(settings.region());
        return path + "?namespace=" + Call.encode(namespace) + region;
    }

    String jobUri(String namespace, String jobId, String suffix) {
        return uri("/v1/job/" + Call.encode(jobId) + suffix, namespace);
    }

    String deploymentUri(String verb, String namespace, String deploymentId) {
        return uri("/v1/deployment/" + verb + "/" + Call.encode(deploymentId), namespace);
    }

    static String in(String what, String namespace) {
        return what + " in namespace \"" + namespace + "\"";
    }

    static String job(String what, String namespace, String jobId) {
        return in(what + " job \"" + jobId + "\"", namespace);
    }
}
