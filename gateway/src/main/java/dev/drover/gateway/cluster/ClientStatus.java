package dev.drover.gateway.cluster;

import java.util.Locale;

/** What an allocation does on its node. */
public enum ClientStatus {
    PENDING,
    RUNNING,
    COMPLETE,
    FAILED,
    LOST,
    UNKNOWN;

    /** Whether it will never run again. */
    public boolean ended() {
        return switch (this) {
            case COMPLETE, FAILED, LOST -> true;
            case PENDING, RUNNING, UNKNOWN -> false;
        };
    }

    /** The status for Nomad's word. */
    public static ClientStatus of(String word) {
        for (ClientStatus status : values()) {
            if (status.name().toLowerCase(Locale.ROOT).equals(word)) {
                return status;
            }
        }
        return UNKNOWN;
    }
}
