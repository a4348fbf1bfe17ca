package dev.drover.gateway.record;

import com.google.protobuf.ByteString;

/** A change of the engine's list of work, as a part of a {@link Commit}. */
public sealed interface WorkChange {
    /** The item of work: the resource name of a promotion. */
    String item();

    /**
     * Puts an item on the list, without an owner; no change where it is there already.
     *
     * @param lane what may be worked on by one owner at a time
     */
    record Add(String item, String lane) implements WorkChange {}

    /** Takes an item off the list, with its effects; no change where it is not there. */
    record Remove(String item) implements WorkChange {}

    /**
     * Refuses the whole commit with REVISION_CONFLICT unless this owner holds the item with this
     * fencing number: whoever lost its claim cannot write any more.
     */
    record Fence(String item, String owner, long fence) implements WorkChange {}

    /**
     * Takes the room that an item needs to run; it has it until it is taken off the list. Refuses
     * the whole commit with REVISION_CONFLICT where there is none, or where others go before it.
     * Commits that take room happen one after the other, in all processes on the store. The item
     * must be on the list; no change where it has its room already.
     */
    record TakeRoom(String item, RoomWish wish) implements WorkChange {}

    /** Waits for room, in the place of its first coming; the last wish counts. */
    record AwaitRoom(String item, RoomWish wish) implements WorkChange {}

    /** Waits for room no more; no change where it did not, or has it. */
    record LeaveRoom(String item) implements WorkChange {}

    /**
     * Notes something to do after the commit, until {@link EffectDone}. The item must be on the
     * list; no change where it has an effect with this key, even a done one.
     *
     * @param key unique for ever; doing it twice under one key must be harmless
     */
    record AddEffect(String item, String key, ByteString body) implements WorkChange {}

    /** Notes that something was done; no change where it was noted already. */
    record EffectDone(String item, String key) implements WorkChange {}
}
