package dev.drover.gateway.record;

/**
 * What stands between an item of work and the room that it needs.
 *
 * @param free whether it could take it now
 * @param waiting whether it is among those that wait, with this very wish
 * @param place where there is no room, or others go before it
 * @param running how many run there
 * @param before how many wait for the same and go before it
 */
public record RoomSight(
        boolean free, boolean waiting, RoomWish.Limit place, int running, int before) {}
