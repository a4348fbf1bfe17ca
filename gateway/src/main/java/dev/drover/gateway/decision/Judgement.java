package dev.drover.gateway.decision;

import dev.drover.v1.Decision;
import dev.drover.v1.DecisionInput;

/** A decision, and everything that it was taken from. */
public record Judgement(Decision decision, DecisionInput input) {}
