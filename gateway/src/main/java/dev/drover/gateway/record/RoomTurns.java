package dev.drover.gateway.record;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Shares out room; pure, so that every store does it alike. Projects take turns: whose last turn is
 * longest ago is next, so that nobody who waits is overtaken for ever. Within a project the first
 * to come is the first to go. Who finds an environment full waits without keeping others from the
 * cluster's room.
 */
public final class RoomTurns {
    private final Map<String, Integer> running;
    private final Map<String, Long> turns;

    /**
     * Who waits.
     *
     * @param arrival grows with everyone who comes
     */
    public record Waiting(String item, RoomWish wish, long arrival) {}

    /**
     * How it stands.
     *
     * @param running how many run, by place
     * @param turns the number of the last turn of each share; greater is later
     */
    public RoomTurns(Map<String, Integer> running, Map<String, Long> turns) {
        this.running = Map.copyOf(running);
        this.turns = Map.copyOf(turns);
    }

    /** Those who could take room now, in the order of their turns. */
    public List<Waiting> next(List<Waiting> waiting) {
        return order(waiting, running);
    }

    /** What stands between one of those who wait and its room. */
    public RoomSight sight(Waiting one, List<Waiting> all, boolean registered) {
        if (next(all).contains(one)) {
            return new RoomSight(true, registered, one.wish().cluster(), 0, 0);
        }
        RoomWish wish = one.wish();
        boolean environment = running(wish.environment()) >= wish.environment().most();
        RoomWish.Limit place = environment ? wish.environment() : wish.cluster();
        List<Waiting> rivals =
                all.stream()
                        .filter(other ->
                                !environment
                                        || other.wish().environment().place().equals(place.place()))
                        .toList();
        return new RoomSight(
                false, registered, place, running(place), everyone(rivals).indexOf(one));
    }

    private int running(RoomWish.Limit limit) {
        return running.getOrDefault(limit.place(), 0);
    }

    /** The order in which they would go if room came free again and again. */
    private List<Waiting> everyone(List<Waiting> waiting) {
        List<Waiting> unlimited =
                waiting.stream()
                        .map(one -> new Waiting(one.item(), unlimited(one.wish()), one.arrival()))
                        .toList();
        List<String> items = order(unlimited, Map.of()).stream().map(Waiting::item).toList();
        return waiting.stream()
                .sorted(Comparator.comparingInt(one -> items.indexOf(one.item())))
                .toList();
    }

    private static RoomWish unlimited(RoomWish wish) {
        return new RoomWish(
                wish.share(),
                wish.first(),
                new RoomWish.Limit(wish.cluster().place(), Integer.MAX_VALUE),
                new RoomWish.Limit(wish.environment().place(), Integer.MAX_VALUE));
    }

    private List<Waiting> order(List<Waiting> waiting, Map<String, Integer> begin) {
        Map<String, Integer> taken = new HashMap<>(begin);
        Map<String, Long> last = new HashMap<>(turns);
        long turn = last.values().stream().mapToLong(Long::longValue).max().orElse(0);
        List<Waiting> left = new ArrayList<>(waiting);
        List<Waiting> chosen = new ArrayList<>();
        Comparator<Waiting> earlier =
                Comparator.<Waiting>comparingInt(one -> one.wish().first() ? 0 : 1)
                        .thenComparingLong(one -> last.getOrDefault(one.wish().share(), 0L))
                        .thenComparingLong(Waiting::arrival);
        Optional<Waiting> one = left.stream().filter(each -> fits(each, taken)).min(earlier);
        while (one.isPresent()) {
            Waiting next = one.get();
            chosen.add(next);
            left.remove(next);
            taken.merge(next.wish().cluster().place(), 1, Integer::sum);
            taken.merge(next.wish().environment().place(), 1, Integer::sum);
            turn++;
            last.put(next.wish().share(), turn);
            one = left.stream().filter(each -> fits(each, taken)).min(earlier);
        }
        return chosen;
    }

    private static boolean fits(Waiting one, Map<String, Integer> taken) {
        return fits(one.wish().cluster(), taken) && fits(one.wish().environment(), taken);
    }

    private static boolean fits(RoomWish.Limit limit, Map<String, Integer> taken) {
        return taken.getOrDefault(limit.place(), 0) < limit.most();
    }
}
