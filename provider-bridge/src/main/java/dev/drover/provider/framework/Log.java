package dev.drover.provider.framework;

import org.jspecify.annotations.Nullable;

/** Where the provider's log goes; users see it with {@code TF_LOG} only. */
public interface Log {
    /** As Terraform names its levels. */
    enum Level {
        TRACE,
        DEBUG,
        INFO,
        WARN,
        ERROR
    }

    /** Writes one entry; it never throws. */
    void write(Level level, String message, @Nullable Throwable cause);
}
