package dev.drover.gateway.approval;

/**
 * Why somebody's word does not count for a rule.
 *
 * @param text in words that follow the account's name
 */
record Hindrance(Kind kind, String text) {
    enum Kind {
        /** The account can decide nothing any more. */
        GONE,
        /** It is the requester, or the same human. */
        REQUESTER,
        /** The rule leaves this human out: author of the release, last editor of the policy. */
        EXCLUDED,
        /** It is in no group that is asked, and not named. */
        NOT_ASKED,
        /** It was asked for when it spoke, and is not any more. */
        LEFT,
        /** It is too old. */
        EXPIRED
    }
}
