package dev.drover.gateway.cluster;

import java.util.Locale;

/** Nomad's states of a deployment. */
public enum DeploymentStatus {
    INITIALIZING,
    PENDING,
    BLOCKED,
    UNBLOCKING,
    RUNNING,
    PAUSED,
    SUCCESSFUL,
    FAILED,
    CANCELLED,
    /** A word that this version of Drover does not know; not taken for an end. */
    UNKNOWN;

    /** Whether Nomad will never change it again. */
    public boolean ended() {
        return switch (this) {
            case SUCCESSFUL, FAILED, CANCELLED -> true;
            case INITIALIZING, PENDING, BLOCKED, UNBLOCKING, RUNNING, PAUSED, UNKNOWN -> false;
        };
    }

    /** The status for Nomad's word. */
    public static DeploymentStatus of(String word) {
        for (DeploymentStatus status : values()) {
            if (status.name().toLowerCase(Locale.ROOT).equals(word)) {
                return status;
            }
        }
        return UNKNOWN;
    }
}
