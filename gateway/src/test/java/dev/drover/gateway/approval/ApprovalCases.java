package dev.drover.gateway.approval;

import com.google.protobuf.util.Timestamps;
import dev.drover.gateway.auth.People;
import dev.drover.gateway.auth.Principal;
import dev.drover.v1.AccessLevel;
import dev.drover.v1.Approval;
import dev.drover.v1.ApprovalRule;
import dev.drover.v1.ServiceAccount;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** A promotion of plan d1 that "ann" asked for, and the people around it, for tests. */
final class ApprovalCases {
    static final String DIGEST = "d1";
    static final Instant NOW = Instant.parse("2026-10-05T12:00:00Z");

    private final Map<String, ServiceAccount.Builder> people = new LinkedHashMap<>();
    private String author = "";
    private String editor = "";
    private Instant now = NOW;

    static ApprovalRule rule(int count, String... groups) {
        return ApprovalRule.newBuilder().setCount(count).addAllGroups(List.of(groups)).build();
    }

    static String name(String id) {
        return "serviceAccounts/" + id;
    }

    /** An approval that was given at noon. */
    static Approval word(String id, String digest, String... groups) {
        return Approval.newBuilder()
                .setApprover(name(id))
                .setPlanDigest(digest)
                .addAllGroups(List.of(groups))
                .setState(Approval.State.APPROVED)
                .setCreateTime(Timestamps.fromMillis(NOW.toEpochMilli()))
                .build();
    }

    static Approval no(String id, String... groups) {
        return word(id, DIGEST, groups).toBuilder().setState(Approval.State.REJECTED).build();
    }

    static Principal caller(String id, String... groups) {
        return new Principal(name(id), Set.of(groups), AccessLevel.OPERATOR);
    }

    /** Somebody who may approve, in these groups. */
    ServiceAccount.Builder person(String id, String... groups) {
        ServiceAccount.Builder account =
                ServiceAccount.newBuilder()
                        .setName(name(id))
                        .addAllGroups(List.of(groups))
                        .setAccessLevel(AccessLevel.OPERATOR);
        people.put(id, account);
        return account;
    }

    ServiceAccount.Builder of(String id) {
        return Objects.requireNonNull(people.get(id));
    }

    void gone(String id) {
        people.remove(id);
    }

    ApprovalCases author(String id) {
        author = name(id);
        return this;
    }

    ApprovalCases editor(String id) {
        editor = name(id);
        return this;
    }

    ApprovalCases at(Instant later) {
        now = later;
        return this;
    }

    AskedRule asked(ApprovalRule rule) {
        return new AskedRule("policies/prod/rules/people", rule, editor);
    }

    ApprovalCase promotion(List<ApprovalRule> rules, Approval... approvals) {
        return new ApprovalCase(
                DIGEST,
                name("ann"),
                author,
                rules.stream().map(this::asked).toList(),
                List.of(approvals),
                People.of(people.values().stream().map(ServiceAccount.Builder::build).toList()),
                now);
    }

    Tally tally(ApprovalRule rule, Approval... approvals) {
        return Approvals.tally(asked(rule), promotion(List.of(rule), approvals));
    }
}
