package dev.drover.gateway.decision;

import java.time.zone.ZoneRulesProvider;

/** The time zone data that windows and expressions go by. */
final class ZoneData {
    private ZoneData() {}

    /** For example {@code 2025b}. */
    static String version() {
        return ZoneRulesProvider.getVersions("Europe/London").lastKey();
    }
}
