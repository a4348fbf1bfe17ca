package dev.drover.gateway.promotion;

import dev.drover.v1.Promotion;

/**
 * What a lane has to know of an open promotion, beside its name.
 *
 * @param rank what it goes before
 * @param blocked whether a rule says no to it, for now
 * @param begun whether it has begun to change Nomad
 * @param supersededBy the newer promotion that took its place; empty: none
 */
record LaneMark(Rank rank, boolean blocked, boolean begun, String supersededBy) {
    /** What kind of change it is, as far as its place in the lane is concerned. */
    enum Rank {
        /** Takes back the promotion that holds the lane, and takes over its place. */
        AUTOMATIC_ROLLBACK,
        /** A rollback that a person wants: goes before everything that is not one. */
        ROLLBACK,
        /** Brings a release. */
        RELEASE,
        /** Changes what is there already: it neither replaces a release nor is replaced by one. */
        OTHER;

        static Rank of(Promotion.Kind kind, boolean automatic) {
            return switch (kind) {
                case ROLLBACK -> automatic ? AUTOMATIC_ROLLBACK : ROLLBACK;
                case RELEASE -> RELEASE;
                default -> OTHER;
            };
        }

        /** Smaller goes first. */
        int weight() {
            return switch (this) {
                case AUTOMATIC_ROLLBACK -> 0;
                case ROLLBACK -> 1;
                case RELEASE, OTHER -> 2;
            };
        }

        /** Whether, where the latest wins, one that waits gives way to a newer one of this rank. */
        boolean supersedes(Rank older) {
            return switch (this) {
                case ROLLBACK -> older == ROLLBACK || older == RELEASE;
                case RELEASE -> older == RELEASE;
                case AUTOMATIC_ROLLBACK, OTHER -> false;
            };
        }
    }

    static LaneMark of(Rank rank) {
        return new LaneMark(rank, false, false, "");
    }

    LaneMark blocked(boolean is) {
        return new LaneMark(rank, is, begun, supersededBy);
    }

    LaneMark asBegun() {
        return new LaneMark(rank, false, true, supersededBy);
    }

    LaneMark superseded(String by) {
        return new LaneMark(rank, blocked, begun, by);
    }
}
