package dev.drover.gateway.decision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.drover.v1.LostGuard;
import dev.drover.v1.LostGuard.Certainty;
import dev.drover.v1.LostGuard.Change;
import dev.drover.v1.Policy;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WeakeningsTest {
    private final Weakenings weakenings =
            new Weakenings(new WindowComparison(names -> List.of(), PastPromotions.START));

    private static Policy policy(String rules) {
        return PastPromotions.policy("{\"name\": \"policies/prod\", \"rules\": [" + rules + "]}");
    }

    private List<LostGuard> lost(String before, String after) {
        return weakenings.between(policy(before), Optional.of(policy(after)));
    }

    private List<Change> changes(String before, String after) {
        return lost(before, after).stream()
                .filter(one -> one.getCertainty() == Certainty.CERTAIN)
                .map(LostGuard::getChange)
                .toList();
    }

    private static String approval(String fields) {
        return "{\"id\": \"people\", \"approval\": {" + fields + "}}";
    }

    private static String expression(String text) {
        return "{\"id\": \"said\", \"expression\": {\"expression\": \"" + text + "\"}}";
    }

    private static String window(String fields) {
        return "{\"id\": \"hours\", \"window\": {\"zone\": \"Europe/Berlin\", " + fields + "}}";
    }

    private static String hours(String start, int seconds) {
        return """
        "windows": [{"rrule": "FREQ=DAILY", "start": "2026-01-01T%s", "duration": "%ds"}]\
        """
                .formatted(start, seconds);
    }

    @Test
    void ruleThatIsGoneOrEnforcedNoMoreIsALostGuard() {
        assertThat(lost(approval("\"count\": 2, \"groups\": [\"owners\"]"), expression("true")))
                .extracting(LostGuard::getRule, LostGuard::getChange, LostGuard::getDescription)
                .containsExactly(
                        tuple(
                                "policies/prod/rules/people",
                                Change.RULE_REMOVED,
                                "approval by 2 of owners is asked no more"));
        assertThat(
                        changes(
                                approval("\"count\": 1"),
                                approval("\"count\": 1")
                                        .replace("{\"id\"", "{\"enforcement\": \"WARN\", \"id\"")))
                .containsExactly(Change.ENFORCEMENT_LOWERED);
        assertThat(weakenings.between(policy(approval("\"count\": 1")), Optional.empty()))
                .hasSize(1);
    }

    @Test
    void ruleThatWasNotEnforcedOrIsOnlyRenamedOrMovedIsNone() {
        String shadow =
                "{\"id\": \"s\", \"enforcement\": \"SHADOW\", \"approval\": {\"count\": 1}}";
        String named = approval("\"count\": 1").replace("people", "others");
        assertThat(lost(shadow + "," + approval("\"count\": 1"), named)).isEmpty();
        assertThat(
                        lost(
                                approval("\"count\": 1") + "," + expression("true"),
                                expression("true") + "," + approval("\"count\": 1")))
                .isEmpty();
    }

    @Test
    void fewerOrOtherApproversAreWeakerAndMoreAreNot() {
        String two = approval("\"count\": 2, \"groups\": [\"owners\"]");
        assertThat(changes(two, approval("\"count\": 1, \"groups\": [\"owners\"]")))
                .containsExactly(Change.COUNT_LOWERED);
        assertThat(changes(two, approval("\"count\": 2, \"groups\": [\"owners\", \"devs\"]")))
                .containsExactly(Change.APPROVERS_WIDENED);
        assertThat(changes(two, approval("\"count\": 2")))
                .containsExactly(Change.APPROVERS_WIDENED);
        assertThat(
                        changes(
                                two,
                                approval(
                                        "\"count\": 2, \"groups\": [\"owners\"], \"allowRequester\": true")))
                .containsExactly(Change.APPROVERS_WIDENED);
        assertThat(lost(two, approval("\"count\": 3, \"groups\": [\"owners\"]"))).isEmpty();
        assertThat(lost(approval("\"count\": 2"), two)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "a == 1 && b == 2; a==1   &&\\tb==2; SAME",
                "a == 1 && b == 2; b == 2 && a == 1; SAME",
                "a == 1; a == 1 && b == 2; STRICTER",
                "a == 1 && b == 2; a == 1; WEAKER",
                "a == 1; a == 2; UNKNOWN",
                "a == 1; a == 1 || b == 2; UNKNOWN",
                "a == 1 && b == 2 || c; a == 1; UNKNOWN",
                "f(a && b); f(a); UNKNOWN",
                "a == 'x && y'; a == 'x'; UNKNOWN",
                "a == 'x  y'; a == 'x y'; UNKNOWN",
                "a in b; ain b; UNKNOWN",
                "a // and more; a; SAME",
            })
    void expressionsAreComparedByTheirPartsAndElseNotKnown(
            String before, String after, ExpressionComparison expected) {
        assertThat(ExpressionComparison.of(before, after.replace("\\t", "\t"))).isEqualTo(expected);
    }

    @Test
    void expressionThatCannotBeComparedIsToldToBeUnknown() {
        assertThat(lost(expression("a == 1"), expression("a == 2")))
                .extracting(LostGuard::getChange, LostGuard::getCertainty)
                .containsExactly(tuple(Change.EXPRESSION_CHANGED, Certainty.UNKNOWN));
        assertThat(lost(expression("a == 1"), expression("a  ==  1"))).isEmpty();
    }

    @Test
    void windowIsWeakerWhereItIsOpenWhenItWasClosed() {
        String allow = "\"mode\": \"ALLOW\", ";
        String office = window(allow + hours("09:00", 28800));
        assertThat(lost(office, window(allow + hours("09:00", 36000))))
                .singleElement()
                .satisfies(one -> {
                    assertThat(one.getChange()).isEqualTo(Change.WINDOW_WIDENED);
                    assertThat(one.getDescription())
                            .isEqualTo(
                                    "open when it was closed, for example Mon 2026-03-02 17:00 Europe/Berlin");
                });
        assertThat(lost(office, window(allow + hours("10:00", 7200)))).isEmpty();
        String deny = "\"mode\": \"DENY\", ";
        assertThat(
                        changes(
                                window(deny + hours("09:00", 28800)),
                                window(deny + hours("09:00", 600))))
                .containsExactly(Change.WINDOW_WIDENED);
        assertThat(lost(window(deny + hours("09:00", 600)), window(deny + hours("09:00", 28800))))
                .isEmpty();
        assertThat(
                        changes(
                                office,
                                window(
                                        allow
                                                + "\"invokers\": \"PEOPLE\", "
                                                + hours("09:00", 28800))))
                .containsExactly(Change.WINDOW_WIDENED);
        assertThat(
                        changes(
                                office,
                                window(
                                        allow
                                                + "\"kinds\": [\"RELEASE\"], "
                                                + hours("09:00", 28800))))
                .containsExactly(Change.WINDOW_WIDENED);
        String halts = window(allow + "\"atClose\": \"HALT\", " + hours("09:00", 28800));
        assertThat(lost(halts, office))
                .extracting(LostGuard::getChange, LostGuard::getCertainty)
                .containsExactly(tuple(Change.WINDOW_WIDENED, Certainty.CERTAIN));
        assertThat(lost(office, halts)).isEmpty();
    }

    @Test
    void shorterSoakAndLessVerificationAndWiderFastTrackAreWeaker() {
        String soak = "{\"id\": \"s\", \"soak\": {\"duration\": \"7200s\"}}";
        assertThat(changes(soak, soak.replace("7200", "3600")))
                .containsExactly(Change.SOAK_SHORTENED);
        assertThat(lost(soak, soak.replace("7200", "9600"))).isEmpty();
        String verified =
                "{\"id\": \"v\", \"verification\": {\"verifications\": [\"a\", \"b\"], \"maxAge\": \"60s\"}}";
        assertThat(changes(verified, verified.replace(", \"b\"", "")))
                .containsExactly(Change.VERIFICATION_RELAXED);
        assertThat(changes(verified, verified.replace("60s", "61s")))
                .containsExactly(Change.VERIFICATION_RELAXED);
        String track = soak.replace("{\"id\"", "{\"fastTrack\": {\"passes\": \"ALL\"}, \"id\"");
        assertThat(changes(soak, track)).containsExactly(Change.FAST_TRACK_WIDENED);
        assertThat(lost(track, soak)).isEmpty();
        assertThat(changes(track, track.replace("\"ALL\"", "\"ALL\", \"releasesBack\": 3")))
                .containsExactly(Change.FAST_TRACK_WIDENED);
    }

    @Test
    void ruleOfAnotherKindIsToldToBeUnknown() {
        assertThat(
                        lost(
                                approval("\"count\": 1"),
                                "{\"id\": \"people\", \"soak\": {\"duration\": \"1s\"}}"))
                .extracting(LostGuard::getCertainty)
                .containsExactly(Certainty.UNKNOWN);
    }

    @Test
    void protectionThatIsTakenAwayIsTold() {
        Policy before =
                policy(approval("\"count\": 1")).toBuilder().setDeletionProtection(true).build();
        Policy after = before.toBuilder().setAllowOpen(true).build();
        assertThat(weakenings.between(before, Optional.of(after)))
                .extracting(LostGuard::getChange)
                .containsExactly(Change.DELETION_UNPROTECTED);
    }
}
