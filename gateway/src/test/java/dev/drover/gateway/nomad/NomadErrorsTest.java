package dev.drover.gateway.nomad;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drover.gateway.error.GatewayException;
import dev.drover.gateway.error.Reason;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Nomad's refusals by their texts, as Nomad 1.11 words them. */
class NomadErrorsTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "403|Permission denied|NOMAD_PERMISSION_DENIED",
                "500|rpc error: Permission denied|NOMAD_PERMISSION_DENIED",
                "500|ACL token not found or invalid workload identity: x|NOMAD_PERMISSION_DENIED",
                "500|Enforcing job modify index 0: job already exists|NOMAD_CONFLICT",
                "500|rpc error: rpc error: Enforcing job modify index 7: job does not exist|NOMAD_CONFLICT",
                "500|tag \"a\" already exists on a different version of job \"w\"|NOMAD_CONFLICT",
                "500|job \"e3\" is in nonexistent namespace \"nons\"|NAMESPACE_NOT_FOUND",
                "500|Task group \"g\" has 0/1 healthy allocations|NOMAD_CANARY_UNHEALTHY",
                "500|rpc error: can't promote terminal deployment|NOMAD_DEPLOYMENT_ENDED",
                "500|can't fail terminal deployment|NOMAD_DEPLOYMENT_ENDED",
                "500|deployment not found|NOMAD_NOT_FOUND",
                "500|job \"nojob\" version 0 not found|NOMAD_NOT_FOUND",
                "400|Failed to parse job: input.hcl:1,9-10: Unclosed configuration block|JOBSPEC_INVALID",
                "400|Job spec is empty|JOBSPEC_INVALID",
                "500|cannot update job from type \"service\" to \"batch\"|NOMAD_REJECTED",
                "400|Job ID does not match name|NOMAD_REJECTED",
                "500|No path to region|NOMAD_REJECTED",
                "404|invalid job tag endpoint|NOMAD_NOT_FOUND",
            })
    void refusalIsToldByItsText(int status, String text, Reason reason) {
        GatewayException refusal =
                NomadErrors.refusal("clusters/eu", "plan job \"w\"", new Reply(status, text));

        assertThat(refusal.reason()).isEqualTo(reason);
        assertThat(refusal.text()).startsWith("clusters/eu refused to plan job \"w\": ");
        assertThat(refusal.text()).doesNotContain("rpc error");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "500|No cluster leader|NOT_DONE",
                "500|rpc error: Not ready to serve consistent reads|NOT_DONE",
                "500|rpc error: failed to get conn: dial tcp 127.0.0.1:1: connection refused|NOT_DONE",
                "429|Your IP is issuing too many concurrent connections|NOT_DONE",
                "500|rpc error: EOF|UNCERTAIN",
                "500|leadership lost while committing log|UNCERTAIN",
                "502|Bad Gateway|UNCERTAIN",
                "500|<html><body>Internal Server Error</body></html>|UNCERTAIN",
                "500|Missing job datacenters|REFUSED",
                "403|Permission denied|REFUSED",
                "200|{}|REFUSED",
            })
    void failureTellsHowFarAWriteMayHaveGot(int status, String text, NomadErrors.Effect effect) {
        assertThat(NomadErrors.effect(new Reply(status, text))).isEqualTo(effect);
    }

    @Test
    void nestedErrorsBecomeOneLine() {
        String text =
                """
                rpc error: 2 errors occurred:
                \t* Missing job datacenters
                \t* Task group g validation failed: 1 error occurred:
                \t* Task t validation failed: 1 error occurred:
                \t* log storage (100 MB) must be less than requested disk capacity (10 MB)

                """;

        assertThat(NomadText.oneLine(text))
                .isEqualTo(
                        "Missing job datacenters; Task group g validation failed: Task t validation failed:"
                                + " log storage (100 MB) must be less than requested disk capacity (10 MB)");
    }

    @Test
    void parseErrorsKeepTheirLines() {
        GatewayException refusal =
                NomadErrors.refusal(
                        "clusters/eu",
                        "parse a jobspec",
                        new Reply(
                                400,
                                "Failed to parse job: input.hcl:2,1-8: one\ninput.hcl:3,1-2: two"));

        assertThat(refusal.text()).contains("input.hcl:2,1-8: one\ninput.hcl:3,1-2: two");
    }
}
