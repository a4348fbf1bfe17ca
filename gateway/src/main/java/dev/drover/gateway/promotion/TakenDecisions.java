package dev.drover.gateway.promotion;

import dev.drover.gateway.decision.DecisionLog;
import dev.drover.gateway.decision.Judgement;
import dev.drover.gateway.record.Records;
import dev.drover.gateway.record.Write;
import dev.drover.v1.Promotion;
import java.util.List;
import java.util.Optional;

/** Records every decision that a promotion shows: the one that lets it run, each that held it. */
final class TakenDecisions {
    private final DecisionLog log;

    TakenDecisions(Records records) {
        this.log = new DecisionLog(records);
    }

    /** To be committed with the promotion, whose decision is another after the step. */
    List<Write> writes(Promotion before, Promotion after, Observation observation) {
        Optional<Judgement> judgement =
                switch (observation) {
                    case Observation.Planned planned -> Optional.of(planned.judgement());
                    case Observation.Judged judged -> Optional.of(judged.judgement());
                    default -> Optional.empty();
                };
        return judgement
                .filter(one -> one.decision().equals(after.getDecision()))
                .filter(one -> !one.decision().equals(before.getDecision()))
                .map(one -> log.writes(after.getName(), one))
                .orElse(List.of());
    }
}
