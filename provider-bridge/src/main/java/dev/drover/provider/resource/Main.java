package dev.drover.provider.resource;

import dev.drover.provider.plugin.ProviderProcess;

/** The provider's process. */
public final class Main {
    private Main() {}

    /** Serves until Terraform is done; with {@code -debug}, to attach to. */
    public static void main(String[] arguments) {
        ProviderProcess.run(
                DroverProvider.ADDRESS, () -> DroverProvider.with(System.getenv()), arguments);
    }
}
