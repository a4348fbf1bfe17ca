package dev.drover.gateway.app;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** Puts the configuration together: defaults, then the file, then the environment, then flags. */
public final class ConfigFile {
    private ConfigFile() {}

    /**
     * The configuration.
     *
     * @param file a YAML file; empty: none
     * @param environment of the process; variables like DROVER_LISTEN_PORT count
     * @param flags key to value, for example {@code listen.port} to {@code 0}
     * @throws dev.drover.gateway.api.StartFailure naming file, line and key, where it cannot be
     *     used
     */
    public static GatewayConfig read(
            Optional<Path> file, Map<String, String> environment, Map<String, String> flags) {
        ConfigTree tree = new ConfigTree(GatewayConfig.DEFAULT);
        file.ifPresent(path -> ConfigYaml.read(path, tree));
        for (String key : ConfigTree.defaults().keySet()) {
            String variable = ConfigTree.variable(key);
            String value = environment.get(variable);
            if (value != null) {
                tree.setText(key, value, variable);
            }
        }
        GatewayConfig config = overridden(tree, flags);
        ConfigRules.check(config);
        return config;
    }

    static GatewayConfig overridden(ConfigTree tree, Map<String, String> flags) {
        flags.forEach((key, value) -> {
            tree.requireKnown(key, "flags");
            tree.setText(key, value, "flags");
        });
        return tree.config();
    }
}
