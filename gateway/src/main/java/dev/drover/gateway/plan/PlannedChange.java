package dev.drover.gateway.plan;

import dev.drover.v1.Plan;

/**
 * A plan and the jobs that it would register.
 *
 * @param plan what is shown and approved
 * @param rendering what is kept to be carried out, sensitive values as placeholders
 */
public record PlannedChange(Plan plan, Rendering rendering) {}
