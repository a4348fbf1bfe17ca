package dev.drover.gateway.baseline;

import com.google.protobuf.Message;
import dev.drover.v1.Cluster;
import dev.drover.v1.Environment;
import dev.drover.v1.Project;
import java.util.LinkedHashMap;
import java.util.Map;

/** One valid noun of every kind, by name; each refers only to those before it. */
final class Samples {
    static final Map<String, Message> ALL = all();

    private Samples() {}

    private static Map<String, Message> all() {
        Map<String, Message> all = new LinkedHashMap<>();
        all.put("projects/shop", Project.newBuilder().putLabels("team", "shop").build());
        all.put("clusters/local", Cluster.newBuilder().addServers("http://127.0.0.1:4646").build());
        all.put(
                "projects/shop/environments/prod",
                Environment.newBuilder()
                        .setCluster("clusters/local")
                        .putLabels("tier", "prod")
                        .build());
        return all;
    }
}
