package dev.drover.gateway.nomad;

import com.fasterxml.jackson.databind.JsonNode;
import dev.drover.gateway.cluster.ClusterStatus;
import java.util.stream.StreamSupport;

/** What a server knows of its cluster. */
final class StatusJson {

    private StatusJson() {}

    /**
     * The members of other regions are listed too; the version is that of the server's own region.
     */
    static ClusterStatus status(String leader, JsonNode members) {
        String region = Json.text(members, "ServerRegion");
        String version =
                StreamSupport.stream(members.path("Members").spliterator(), false)
                        .map(member -> member.path("Tags"))
                        .filter(tags -> Json.text(tags, "region").equals(region))
                        .map(tags -> Json.text(tags, "build"))
                        .findFirst()
                        .orElse("");
        return new ClusterStatus(leader, region, version);
    }
}
