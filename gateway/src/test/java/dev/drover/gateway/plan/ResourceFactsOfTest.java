package dev.drover.gateway.plan;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.drover.v1.ResourceFacts;
import org.junit.jupiter.api.Test;

class ResourceFactsOfTest {

    private static final String JOB =
            """
            {"ID": "web", "TaskGroups": [
              {"Name": "web", "Count": 3, "Tasks": [
                {"Name": "server", "Resources": {"CPU": 200, "MemoryMB": 64}},
                {"Name": "log"}]},
              {"Name": "cron", "Tasks": [{"Name": "cron", "Resources": {"CPU": 50, "MemoryMB": 10}}]}]}
            """;

    @Test
    void newJobHadNothingBefore() throws Exception {
        assertThat(changed("{\"Type\": \"Added\", \"TaskGroups\": [{\"Name\": \"web\"}]}"))
                .isEqualTo(resources(0, 950, 0, 1102));
    }

    @Test
    void jobWithoutChangesAsksForTheSame() throws Exception {
        assertThat(changed("{\"Type\": \"None\"}")).isEqualTo(resources(950, 950, 1102, 1102));
        assertThat(ResourceFactsOf.kept(json(JOB))).isEqualTo(resources(950, 950, 1102, 1102));
    }

    @Test
    void stoppedJobAsksForNothingAfterwards() throws Exception {
        assertThat(ResourceFactsOf.stopped(json(JOB))).isEqualTo(resources(950, 0, 1102, 0));
    }

    @Test
    void jobThatIsStartedAgainHadNothingBefore() throws Exception {
        assertThat(
                        changed(
                                """
                                {"Type": "Edited",
                                 "Fields": [{"Name": "Stop", "Type": "Edited", "Old": "true", "New": "false"}]}
                                """))
                .isEqualTo(resources(0, 950, 0, 1102));
    }

    @Test
    void changedCountAndResourcesAreTakenBack() throws Exception {
        assertThat(
                        changed(
                                """
                                {"Type": "Edited", "TaskGroups": [{"Name": "web", "Type": "Edited",
                                  "Fields": [{"Name": "Count", "Type": "Edited", "Old": "2", "New": "3"}],
                                  "Tasks": [{"Name": "server", "Type": "Edited", "Objects": [
                                    {"Name": "Config", "Fields": [{"Name": "CPU", "Old": "7", "New": "8"}]},
                                    {"Name": "Resources", "Fields": [
                                      {"Name": "CPU", "Type": "Edited", "Old": "150", "New": "200"},
                                      {"Name": "MemoryMB", "Type": "None", "Old": "64", "New": "64"}]}]}]}]}
                                """))
                .isEqualTo(resources(2 * 250 + 50, 950, 2 * 364 + 10, 1102));
    }

    @Test
    void addedAndDeletedGroupsAndTasksCountOnTheirSide() throws Exception {
        assertThat(
                        changed(
                                """
                                {"Type": "Edited", "TaskGroups": [
                                  {"Name": "cron", "Type": "Added",
                                   "Fields": [{"Name": "Count", "Type": "Added", "Old": "", "New": "1"}],
                                   "Tasks": [{"Name": "cron", "Type": "Added", "Objects": [
                                     {"Name": "Resources", "Fields": [
                                       {"Name": "CPU", "Old": "", "New": "50"},
                                       {"Name": "MemoryMB", "Old": "", "New": "10"}]}]}]},
                                  {"Name": "old", "Type": "Deleted",
                                   "Fields": [{"Name": "Count", "Type": "Deleted", "Old": "4", "New": ""}],
                                   "Tasks": [{"Name": "old", "Type": "Deleted", "Objects": [
                                     {"Name": "Resources", "Fields": [
                                       {"Name": "CPU", "Old": "10", "New": ""},
                                       {"Name": "MemoryMB", "Old": "20", "New": ""}]}]}]},
                                  {"Name": "web", "Type": "Edited", "Tasks": [
                                    {"Name": "log", "Type": "Added", "Objects": [
                                      {"Name": "Resources", "Fields": [
                                        {"Name": "CPU", "Old": "", "New": "100"},
                                        {"Name": "MemoryMB", "Old": "", "New": "300"}]}]}]}]}
                                """))
                .isEqualTo(resources(4 * 10 + 3 * 200, 950, 4 * 20 + 3 * 64, 1102));
    }

    private static ResourceFacts changed(String diff) throws Exception {
        return ResourceFactsOf.changed(json(JOB), json(diff));
    }

    private static JsonNode json(String text) throws Exception {
        return CanonicalJson.MAPPER.readTree(text);
    }

    private static ResourceFacts resources(long cpu, long cpuAfter, long memory, long memoryAfter) {
        return ResourceFacts.newBuilder()
                .setCpuBefore(cpu)
                .setCpuAfter(cpuAfter)
                .setMemoryMbBefore(memory)
                .setMemoryMbAfter(memoryAfter)
                .build();
    }
}
