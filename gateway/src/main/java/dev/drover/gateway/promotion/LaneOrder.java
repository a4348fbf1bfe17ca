package dev.drover.gateway.promotion;

import dev.drover.v1.LaneMode;
import dev.drover.v1.Promotion;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Who waits in a lane, in which order, and who gives way: what a lane mode means. */
record LaneOrder(Lane lane, LaneMode mode) {
    /** Those who wait for their turn, the next one first. */
    List<String> line() {
        Stream<String> waiting =
                switch (mode) {
                    case HOLD -> lane.open().stream().filter(this::keepsItsPlace);
                    case LATEST_WINS ->
                            lane.queue().stream().filter(one -> supersededBy(one).isEmpty());
                    case FIFO, LANE_MODE_UNSPECIFIED, UNRECOGNIZED -> lane.queue().stream();
                };
        return waiting.sorted(Comparator.comparingInt(one -> lane.mark(one).rank().weight()))
                .toList();
    }

    /**
     * A rule's no may last for days, so it lets those pass who are behind; people are waited for.
     */
    private boolean keepsItsPlace(String promotion) {
        LaneMark mark = lane.mark(promotion);
        return !mark.begun() && !mark.blocked() && !promotion.equals(lane.running());
    }

    /** Its place in the line, from 1; 0: it has none. */
    int position(String promotion) {
        return line().indexOf(promotion) + 1;
    }

    /** Whether the lane is free for it. A rollback takes the place of what it takes back. */
    boolean turn(Promotion promotion, Notes notes) {
        boolean free =
                lane.running().isEmpty()
                        || (notes.restore().inPlace()
                                && lane.running().equals(promotion.getRollbackOf()));
        return free
                && lane.queue().contains(promotion.getName())
                && position(promotion.getName()) == 1;
    }

    /** The newer promotion that a waiting one gives way to. */
    Optional<String> supersededBy(String promotion) {
        LaneMark mark = lane.mark(promotion);
        if (!mark.supersededBy().isEmpty()) {
            return Optional.of(mark.supersededBy());
        }
        if (mode != LaneMode.LATEST_WINS || mark.begun()) {
            return Optional.empty();
        }
        // Those that were ready before the environment got this mode.
        LaneMark.Rank rank = mark.rank();
        return newer(promotion)
                .filter(lane.queue()::contains)
                .filter(one -> lane.mark(one).rank().supersedes(rank))
                .reduce((earlier, later) -> later);
    }

    /**
     * The lane after every rule allowed a promotion. Only now it takes the place of older ones: one
     * that may never run stands in nobody's way.
     */
    Lane ready(String promotion) {
        Lane ready = lane.blocked(promotion, false).queued(promotion);
        if (mode != LaneMode.LATEST_WINS) {
            return ready;
        }
        LaneMark.Rank rank = lane.mark(promotion).rank();
        for (String older : lane.open()) {
            if (older.equals(promotion)) {
                break;
            }
            LaneMark mark = lane.mark(older);
            if (!mark.begun() && rank.supersedes(mark.rank())) {
                ready = ready.marked(older, mark.superseded(promotion));
            }
        }
        return ready;
    }

    private Stream<String> newer(String promotion) {
        return lane.open().stream().dropWhile(one -> !one.equals(promotion)).skip(1);
    }
}
