package dev.drover.gateway.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.drover.gateway.error.GatewayException;
import dev.drover.gateway.error.Reason;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What every store does with the answers that it keeps under request ids. */
public abstract class ReceiptsContract extends StoreContract {
    private static final Duration DAY = Duration.ofHours(24);

    @Test
    void anAnswerIsKeptWithItsCommit() {
        Receipt receipt = receipt("r-1", T0);

        keep(receipt, create("Project", "projects/shop"));

        assertThat(records().receipt("caller", "r-1", T0)).contains(receipt);
        reopen();
        assertThat(records().receipt("caller", "r-1", T0)).contains(receipt);
    }

    @Test
    void anAnswerBelongsToItsCaller() {
        keep(receipt("r-1", T0));

        assertThat(records().receipt("somebody else", "r-1", T0)).isEmpty();
        assertThat(records().receipt("caller", "r-2", T0)).isEmpty();
    }

    @Test
    void anAnswerIsKeptForADay() {
        keep(receipt("r-1", T0));

        assertThat(records().receipt("caller", "r-1", T0.plus(DAY))).isPresent();
        assertThat(records().receipt("caller", "r-1", T0.plus(DAY).plusNanos(1000))).isEmpty();
    }

    @Test
    void theSecondOfTwoCallsWithOneRequestIdChangesNothing() {
        keep(receipt("r-1", T0), create("Project", "projects/one"));

        GatewayException refusal =
                catchThrowableOfType(
                        GatewayException.class,
                        () -> keep(receipt("r-1", T0), create("Project", "projects/two")));

        assertThat(refusal.reason()).isEqualTo(Reason.REVISION_CONFLICT);
        assertThat(refusal).hasMessageContaining("request id r-1");
        assertThat(records().get("Project", "projects/two")).isEmpty();
    }

    @Test
    void aRequestIdMayBeUsedAgainAfterADay() {
        Instant later = T0.plus(DAY).plusSeconds(1);
        keep(receipt("r-1", T0));

        keep(receipt("r-1", later));

        assertThat(records().receipt("caller", "r-1", later)).contains(receipt("r-1", later));
    }

    private void keep(Receipt receipt, Write... writes) {
        records()
                .commit(
                        new Commit(List.of(writes), List.of(), Optional.of(receipt), List.of()),
                        receipt.createTime());
    }
}
