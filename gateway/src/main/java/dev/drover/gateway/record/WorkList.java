package dev.drover.gateway.record;

import com.google.protobuf.ByteString;
import java.time.Instant;
import java.util.List;

/**
 * The engine's list of work: items with an owner, a heartbeat and a fencing number, and effects
 * that are still to be done. Several gateways may share one list: an item belongs to one owner
 * until its heartbeat is too old.
 */
public interface WorkList {
    /**
     * An item that is claimed.
     *
     * @param item resource name of a promotion
     * @param lane its lane
     * @param fence grows with every new owner
     */
    record Claim(String item, String lane, long fence) {}

    /**
     * Something still to be done.
     *
     * @param key unique for ever
     * @param body what; opaque to the store
     */
    record Effect(String key, ByteString body) {}

    /**
     * Claims items that have no owner or whose owner's heartbeat is older than {@code deadBefore},
     * the oldest items first, but none of a lane in which another living owner holds an item;
     * raises their fencing numbers. Durable when it returns.
     *
     * @param owner a name that this process alone has and no process before it had
     * @param deadBefore where nobody else can be alive, as on an embedded store after a restart,
     *     any moment after {@code now}: then nothing waits for the heartbeats of the dead
     */
    List<Claim> claim(String owner, Instant now, Instant deadBefore, int limit);

    /** Renews the heartbeat of everything that this owner holds. @return what it still holds */
    List<Claim> heartbeat(String owner, Instant now);

    /**
     * What stands between an item and the room that it needs; {@link WorkChange.TakeRoom} decides.
     */
    RoomSight room(String item, RoomWish wish);

    /** Those who wait for room and could take it now. */
    List<String> nextForRoom();

    /** Effects of an item that are not done, in the order in which they were added. */
    List<Effect> effects(String item);
}
