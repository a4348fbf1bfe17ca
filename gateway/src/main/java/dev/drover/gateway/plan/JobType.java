package dev.drover.gateway.plan;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * How Nomad runs a job.
 *
 * @param type service, batch, system or sysbatch
 * @param launches {@code periodic} or {@code parameterized} for a job that only launches others,
 *     else ""
 */
record JobType(String type, String launches) {

    static JobType of(JsonNode job) {
        String launches =
                job.hasNonNull("Periodic")
                        ? "periodic"
                        : job.hasNonNull("ParameterizedJob") ? "parameterized" : "";
        return new JobType(job.path("Type").asText("service"), launches);
    }

    /** Whether Nomad takes an update block. */
    boolean updates() {
        return type.equals("service") || type.equals("system");
    }

    /**
     * Whether Nomad places a number of canaries; for system jobs it reads the number as a
     * percentage.
     */
    boolean canaries() {
        return type.equals("service") && launches.isEmpty();
    }

    /** For people: {@code periodic batch}. */
    @Override
    public String toString() {
        return launches.isEmpty() ? type : launches + " " + type;
    }
}
