package dev.drover.acceptance;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One of every noun, made by somebody who does not use Terraform; each with much of what it may
 * say.
 */
final class Estate {
    private static final Map<String, List<String>> NOUNS = nouns();

    private Estate() {}

    /** Resource names by the resource that they are of. */
    static Map<String, String> create(LocalGateway gateway) throws Exception {
        Map<String, String> names = new LinkedHashMap<>();
        for (Map.Entry<String, List<String>> noun : NOUNS.entrySet()) {
            gateway.send("POST", "/v1/" + noun.getValue().get(0), noun.getValue().get(2));
            names.put(noun.getKey(), noun.getValue().get(1));
        }
        return names;
    }

    private static Map<String, List<String>> nouns() {
        Map<String, List<String>> nouns = new LinkedHashMap<>();
        places(nouns);
        rules(nouns);
        return nouns;
    }

    private static void places(Map<String, List<String>> nouns) {
        nouns.put(
                "drover_project",
                List.of(
                        "projects?projectId=shop",
                        "projects/shop",
                        "{\"displayName\": \"Shop\", \"labels\": {\"team\": \"web\"},"
                                + " \"owners\": [\"group:b\", \"group:a\"]}"));
        nouns.put(
                "drover_cluster",
                List.of(
                        "clusters?clusterId=eu",
                        "clusters/eu",
                        "{\"servers\": [\"https://nomad:4646\"], \"tokenReference\": \"env:NOMAD_TOKEN\","
                                + " \"tls\": {\"serverName\": \"nomad\"}}"));
        nouns.put(
                "drover_environment",
                List.of(
                        "projects/shop/environments?environmentId=prod",
                        "projects/shop/environments/prod",
                        "{\"cluster\": \"clusters/eu\", \"laneMode\": \"LATEST_WINS\","
                                + " \"variables\": {\"n\": 2, \"deep\": {\"list\": [1, \"a\", true, null]}},"
                                + " \"sensitiveVariables\": {\"key\": \"hush\"},"
                                + " \"jobBaseline\": {\"allowedDrivers\": [\"exec\"], "
                                + " \"update\": {\"minHealthyTime\": \"60s\"}}}"));
        nouns.put(
                "drover_pipeline",
                List.of(
                        "projects/shop/pipelines?pipelineId=main",
                        "projects/shop/pipelines/main",
                        "{\"stages\": [{\"id\": \"prod\", \"environments\": [\"projects/shop/environments/prod\"],"
                                + " \"strategy\": {\"canary\": {\"count\": 1}}}]}"));
        nouns.put(
                "drover_verification",
                List.of(
                        "projects/shop/verifications?verificationId=ready",
                        "projects/shop/verifications/ready",
                        "{\"http\": {\"url\": \"http://web/healthz\", \"headers\": ["
                                + " {\"name\": \"a\", \"value\": \"b\"}],"
                                + " \"successCondition\": \"status == 200\"},"
                                + " \"interval\": \"30s\", \"consecutiveErrorLimit\": 0}"));
        nouns.put(
                "drover_application",
                List.of(
                        "projects/shop/applications?applicationId=web",
                        "projects/shop/applications/web",
                        "{\"pipeline\": \"projects/shop/pipelines/main\", "
                                + " \"jobs\": [{\"id\": \"db\"}, {\"id\": \"web\", \"wave\": 1}],"
                                + " \"verifications\": [{\"verification\": \"projects/shop/verifications/ready\"}]}"));
    }

    private static void rules(Map<String, List<String>> nouns) {
        nouns.put(
                "drover_calendar",
                List.of(
                        "calendars?calendarId=freeze",
                        "calendars/freeze",
                        "{\"zone\": \"Europe/Berlin\", \"windows\": [{\"title\": \"Night\","
                                + " \"cron\": \"0 22 * * *\", \"duration\": \"28800s\"}]}"));
        nouns.put(
                "drover_policy",
                List.of(
                        "policies?policyId=prod",
                        "policies/prod",
                        "{\"selector\": {\"environmentLabels\": {\"tier\": \"prod\"}}, \"rules\": ["
                                + "{\"id\": \"few\","
                                + " \"expression\": {\"expression\": \"plan.destructive_updates <= 10\\n  && true\"}},"
                                + "{\"id\": \"asked\", \"enforcement\": \"WARN\","
                                + " \"approval\": {\"count\": 2, \"groups\": [\"owners\"]}},"
                                + "{\"id\": \"freeze\","
                                + " \"window\": {\"mode\": \"DENY\", \"calendars\": [\"calendars/freeze\"]}}]}"));
        nouns.put(
                "drover_service_account",
                List.of(
                        "serviceAccounts?serviceAccountId=ci",
                        "serviceAccounts/ci",
                        "{\"accessLevel\": \"OPERATOR\"}"));
    }
}
