package dev.drover.gateway.plan;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * Where a field stands, as coarse as Nomad's diff can be matched with a job: its diffs do not tell
 * which of several templates or arguments a field belongs to.
 *
 * @param group "" for a field of the job
 * @param task "" for a field of the job or the group
 * @param block the block below that, in lower case and singular; "" for a field that stands in none
 * @param name the name in a block whose fields are told apart (env, meta, config), else ""
 */
record FieldPlace(String group, String task, String block, String name) {

    private static final Set<String> NAMED = Set.of("env", "meta", "config");

    static FieldPlace of(String group, String task, String block, String name) {
        String simple = singular(block);
        return new FieldPlace(group, task, simple, NAMED.contains(simple) ? plain(name) : "");
    }

    /** The places of all placeholders of a job. */
    static Set<FieldPlace> ofPlaceholders(ObjectNode job) {
        Set<FieldPlace> places = new HashSet<>();
        collect(job, "TaskGroups", "", "", places);
        for (JsonNode group : job.path("TaskGroups")) {
            String groupName = group.path("Name").asText();
            collect(group, "Tasks", groupName, "", places);
            for (JsonNode task : group.path("Tasks")) {
                collect(task, "", groupName, task.path("Name").asText(), places);
            }
        }
        return places;
    }

    private static void collect(
            JsonNode owner, String skipped, String group, String task, Set<FieldPlace> places) {
        for (Map.Entry<String, JsonNode> entry : owner.properties()) {
            String block = entry.getKey();
            if (block.equals(skipped)) {
                continue;
            }
            if (!NAMED.contains(singular(block))) {
                if (holdsPlaceholder(entry.getValue())) {
                    places.add(of(group, task, block, ""));
                }
                continue;
            }
            for (Map.Entry<String, JsonNode> field : entry.getValue().properties()) {
                if (holdsPlaceholder(field.getValue())) {
                    places.add(of(group, task, block, field.getKey()));
                }
            }
        }
    }

    private static boolean holdsPlaceholder(JsonNode node) {
        boolean[] found = {false};
        JsonTexts.visit(node, "", (path, text) -> found[0] |= Placeholders.in(text));
        return found[0];
    }

    private static String singular(String block) {
        String lower = block.toLowerCase(java.util.Locale.ROOT);
        return lower.endsWith("s") ? lower.substring(0, lower.length() - 1) : lower;
    }

    /**
     * {@code args[1]} and {@code auth[0][password]} are told by their first word: order may change.
     */
    private static String plain(String name) {
        int bracket = name.indexOf('[');
        return bracket < 0 ? name : name.substring(0, bracket);
    }
}
