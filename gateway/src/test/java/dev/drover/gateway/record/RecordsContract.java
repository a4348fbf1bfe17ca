package dev.drover.gateway.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import dev.drover.gateway.audit.AuditEvent;
import dev.drover.gateway.error.ErrorDetails.PreconditionViolation;
import dev.drover.gateway.error.GatewayException;
import dev.drover.gateway.error.Reason;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What every store does with records, whatever database is below it. */
public abstract class RecordsContract extends StoreContract {
    @Test
    void aRecordIsReadAsItWasWritten() {
        ByteString body = ByteString.copyFrom(new byte[] {0, -1, 127, 10, 13, 0});

        commit(put("Environment", "projects/shop/environments/prod", Write.ABSENT, body));

        assertThat(records().get("Environment", "projects/shop/environments/prod"))
                .contains(
                        new StoredRecord(
                                "Environment", "projects/shop/environments/prod", 1, body));
    }

    @Test
    void whatWasNeverWrittenIsEmpty() {
        commit(create("Project", "projects/shop"));

        assertThat(records().get("Project", "projects/other")).isEmpty();
        assertThat(records().get("Cluster", "projects/shop")).isEmpty();
        assertThat(records().list("Cluster", "", "", 10)).isEmpty();
    }

    @Test
    void everyWriteRaisesTheRevisionByOne() {
        commit(create("Project", "projects/shop"));
        commit(put("Project", "projects/shop", 1, bytes("two")));
        commit(put("Project", "projects/shop", Write.ANY, bytes("three")));

        StoredRecord record = records().get("Project", "projects/shop").orElseThrow();
        assertThat(record.revision()).isEqualTo(3);
        assertThat(record.body()).isEqualTo(bytes("three"));
    }

    @Test
    void anyRevisionDoesWhateverWasWrittenInBetween() {
        commit(put("Project", "projects/shop", Write.ANY, bytes("one")));
        commit(create("Project", "projects/other"));
        commit(put("Project", "projects/shop", Write.ANY, bytes("two")));
        commit(put("Project", "projects/shop", Write.ANY, bytes("three")));

        assertThat(records().get("Project", "projects/shop").orElseThrow().revision()).isEqualTo(3);
    }

    @Test
    void anyRevisionAlsoCreates() {
        commit(put("Project", "projects/shop", Write.ANY, bytes("x")));

        assertThat(records().get("Project", "projects/shop").orElseThrow().revision()).isEqualTo(1);
    }

    @Test
    void creatingWhatIsThereIsRefusedAndNamed() {
        commit(create("Project", "projects/shop"));

        GatewayException refusal = refused(create("Project", "projects/shop"));

        assertThat(refusal.reason()).isEqualTo(Reason.ALREADY_EXISTS);
        assertThat(refusal).hasMessageContaining("projects/shop exists already");
        assertThat(refusal.details().resource().orElseThrow().type())
                .isEqualTo("drover.dev/Project");
    }

    @Test
    void aStaleRevisionIsRefusedWithBothRevisions() {
        commit(create("Project", "projects/shop"));
        commit(put("Project", "projects/shop", 1, bytes("two")));

        GatewayException refusal = refused(put("Project", "projects/shop", 1, bytes("other")));

        assertThat(refusal.reason()).isEqualTo(Reason.REVISION_CONFLICT);
        assertThat(refusal.details().metadata())
                .containsEntry("expected_revision", "1")
                .containsEntry("present_revision", "2");
        assertThat(records().get("Project", "projects/shop").orElseThrow().body())
                .isEqualTo(bytes("two"));
    }

    @Test
    void writingWhatWasDeletedMeanwhileIsAConflict() {
        commit(create("Project", "projects/shop"));
        commit(new Write.Delete("Project", "projects/shop", 1));

        assertThat(refused(put("Project", "projects/shop", 1, bytes("x"))).reason())
                .isEqualTo(Reason.REVISION_CONFLICT);
        assertThat(refused(new Write.Delete("Project", "projects/shop", 1)).reason())
                .isEqualTo(Reason.REVISION_CONFLICT);
    }

    @Test
    void deletingAStaleRevisionIsRefused() {
        commit(create("Project", "projects/shop"));
        commit(put("Project", "projects/shop", 1, bytes("two")));

        assertThat(refused(new Write.Delete("Project", "projects/shop", 1)).reason())
                .isEqualTo(Reason.REVISION_CONFLICT);
        assertThat(records().get("Project", "projects/shop")).isPresent();
    }

    @Test
    void whatIsOnlyExpectedHoldsTheCommitAndChangesNothing() {
        commit(create("Project", "projects/shop"));
        long before = records().position();

        commit(new Write.Expect("Project", "projects/shop", 1));
        commit(new Write.Expect("Project", "projects/other", Write.ABSENT));
        assertThat(records().position()).isEqualTo(before);

        assertThat(
                        refused(
                                        create("Project", "projects/new"),
                                        new Write.Expect("Project", "projects/shop", 2))
                                .reason())
                .isEqualTo(Reason.REVISION_CONFLICT);
        assertThat(refused(new Write.Expect("Project", "projects/shop", Write.ABSENT)).reason())
                .isEqualTo(Reason.REVISION_CONFLICT);
        assertThat(refused(new Write.Expect("Project", "projects/other", 1)).reason())
                .isEqualTo(Reason.REVISION_CONFLICT);
        assertThat(records().get("Project", "projects/new")).isEmpty();
    }

    @Test
    void deletingAnyRevisionOfWhatIsNotThereChangesNothing() {
        long before = records().position();

        commit(new Write.Delete("Project", "projects/shop", Write.ANY));

        assertThat(records().position()).isEqualTo(before);
    }

    @Test
    void listsOneKindByNameInPages() {
        commit(create("Project", "projects/b"));
        commit(create("Project", "projects/a"), create("Project", "projects/c"));
        commit(create("Cluster", "projects/aa"));

        assertThat(names("Project", "", "", 2)).containsExactly("projects/a", "projects/b");
        assertThat(names("Project", "", "projects/b", 2)).containsExactly("projects/c");
        assertThat(names("Project", "", "projects/c", 2)).isEmpty();
    }

    @Test
    void aPrefixIsTakenByItsLettersAlone() {
        commit(
                create("Environment", "projects/shop/environments/prod"),
                create("Environment", "projects/shop/environments/test"),
                create("Environment", "projects/shop-2/environments/prod"),
                create("Environment", "projects/sho_/environments/prod"),
                create("Environment", "projects/Shop/environments/prod"));

        assertThat(names("Environment", "projects/shop/", "", 10))
                .containsExactly(
                        "projects/shop/environments/prod", "projects/shop/environments/test");
        assertThat(names("Environment", "projects/sho_", "", 10))
                .containsExactly("projects/sho_/environments/prod");
        assertThat(names("Environment", "projects/shop/", "projects/shop/environments/prod", 10))
                .containsExactly("projects/shop/environments/test");
        assertThat(names("Environment", "projects/shop/", "zzz", 10)).isEmpty();
    }

    @Test
    void namesAreOrderedByTheirCodePoints() {
        commit(
                create("Project", "projects/\uD83D\uDE00"),
                create("Project", "projects/\uFFFD"),
                create("Project", "projects/z"),
                create("Project", "projects/Z"),
                create("Project", "projects/-"));

        assertThat(names("Project", "projects/", "", 10))
                .containsExactly(
                        "projects/-",
                        "projects/Z",
                        "projects/z",
                        "projects/\uFFFD",
                        "projects/\uD83D\uDE00");
    }

    @Test
    void aReferenceToNothingIsRefusedAndNamed() {
        GatewayException refusal =
                refused(referring("Environment", "environments/prod", "Cluster", "clusters/eu"));

        assertThat(refusal.reason()).isEqualTo(Reason.REFERENCE_NOT_FOUND);
        assertThat(refusal)
                .hasMessageContaining("environments/prod")
                .hasMessageContaining("clusters/eu, which does not exist");
        assertThat(records().get("Environment", "environments/prod")).isEmpty();
    }

    @Test
    void whatIsReferredToCannotBeDeletedAndItsReferrersAreNamed() {
        commit(create("Cluster", "clusters/eu"));
        commit(referring("Environment", "environments/prod", "Cluster", "clusters/eu"));
        commit(referring("Environment", "environments/test", "Cluster", "clusters/eu"));

        GatewayException refusal = refused(new Write.Delete("Cluster", "clusters/eu", 1));

        assertThat(refusal.reason()).isEqualTo(Reason.STILL_REFERENCED);
        assertThat(refusal).hasMessageContaining("environments/prod, environments/test");
        assertThat(refusal.details().preconditions())
                .extracting(PreconditionViolation::subject)
                .containsExactly("environments/prod", "environments/test");
        assertThat(records().get("Cluster", "clusters/eu")).isPresent();
    }

    @Test
    void oneCommitMayWriteAReferrerBeforeItsTargetAndDeleteThemInAnyOrder() {
        commit(
                referring("Environment", "environments/prod", "Cluster", "clusters/eu"),
                create("Cluster", "clusters/eu"));
        commit(
                new Write.Delete("Cluster", "clusters/eu", 1),
                new Write.Delete("Environment", "environments/prod", 1));

        assertThat(records().get("Cluster", "clusters/eu")).isEmpty();
    }

    @Test
    void oneCommitCannotReferToWhatItDeletes() {
        commit(create("Cluster", "clusters/eu"));

        GatewayException refusal =
                refused(
                        new Write.Delete("Cluster", "clusters/eu", 1),
                        referring("Environment", "environments/prod", "Cluster", "clusters/eu"));

        assertThat(refusal.reason()).isIn(Reason.STILL_REFERENCED, Reason.REFERENCE_NOT_FOUND);
        assertThat(records().get("Cluster", "clusters/eu")).isPresent();
    }

    @Test
    void aNewWriteReplacesTheReferences() {
        commit(create("Cluster", "clusters/eu"), create("Cluster", "clusters/us"));
        commit(referring("Environment", "environments/prod", "Cluster", "clusters/eu"));
        commit(
                new Write.Put(
                        "Environment",
                        "environments/prod",
                        1,
                        bytes("moved"),
                        List.of(
                                new RecordKey("Cluster", "clusters/us"),
                                new RecordKey("Cluster", "clusters/us"))));

        assertThat(records().referrers(new RecordKey("Cluster", "clusters/eu"))).isEmpty();
        assertThat(records().referrers(new RecordKey("Cluster", "clusters/us")))
                .containsExactly(new RecordKey("Environment", "environments/prod"));
        commit(new Write.Delete("Cluster", "clusters/eu", 1));
    }

    @Test
    void referencesGoWithTheirRecord() {
        commit(create("Cluster", "clusters/eu"));
        commit(referring("Environment", "environments/prod", "Cluster", "clusters/eu"));
        commit(new Write.Delete("Environment", "environments/prod", 1));

        assertThat(records().referrers(new RecordKey("Cluster", "clusters/eu"))).isEmpty();
        commit(new Write.Delete("Cluster", "clusters/eu", 1));
    }

    @Test
    void aRecordMayReferToItself() {
        commit(referring("Project", "projects/shop", "Project", "projects/shop"));
        commit(new Write.Delete("Project", "projects/shop", 1));

        assertThat(records().get("Project", "projects/shop")).isEmpty();
    }

    @Test
    void atMostTwentyReferrersAreNamed() {
        commit(create("Cluster", "clusters/eu"));
        for (int i = 0; i < 25; i++) {
            commit(referring("Environment", "environments/" + i, "Cluster", "clusters/eu"));
        }

        assertThat(records().referrers(new RecordKey("Cluster", "clusters/eu"))).hasSize(20);
        assertThat(refused(new Write.Delete("Cluster", "clusters/eu", 1)))
                .hasMessageContaining("and perhaps more");
    }

    @Test
    void aCommitWhoseLastPartFailsLeavesNothingOfItselfBehind() {
        commit(create("Project", "projects/shop"));
        long position = records().position();
        Commit failing =
                new Commit(
                        List.of(
                                create("Project", "projects/new"),
                                put("Project", "projects/shop", 1, bytes("two"))),
                        List.of(event("one"), event("two")),
                        Optional.of(receipt("request", T0)),
                        List.of(
                                new WorkChange.Add("promotions/1", "lane"),
                                new WorkChange.AddEffect("promotions/1", "e1", bytes("e")),
                                new WorkChange.Fence("promotions/none", "nobody", 7)));

        assertThatThrownBy(() -> records().commit(failing, T0))
                .isInstanceOfSatisfying(
                        GatewayException.class,
                        refusal ->
                                assertThat(refusal.reason()).isEqualTo(Reason.REVISION_CONFLICT));

        assertThat(records().get("Project", "projects/new")).isEmpty();
        assertThat(records().get("Project", "projects/shop").orElseThrow().revision()).isEqualTo(1);
        assertThat(records().position()).isEqualTo(position);
        assertThat(audit().size()).isEqualTo(1);
        assertThat(records().receipt("caller", "request", T0)).isEmpty();
        assertThat(work().claim("owner", T0, T0, 10)).isEmpty();
    }

    @Test
    void oneCommitCannotWriteANameTwice() {
        Commit twice =
                Commit.of(
                        List.of(
                                create("Project", "projects/shop"),
                                new Write.Delete("Project", "projects/shop", Write.ANY)),
                        new AuditEvent("root", "test", "", "", Map.of(), ""));

        assertThatThrownBy(() -> records().commit(twice, T0))
                .hasMessageContaining("projects/shop twice");
    }

    @Test
    void everythingIsThereAfterAReopen() {
        commit(create("Cluster", "clusters/eu"));
        commit(referring("Environment", "environments/prod", "Cluster", "clusters/eu"));
        long position = records().position();

        reopen();

        assertThat(names("Environment", "", "", 10)).containsExactly("environments/prod");
        assertThat(records().referrers(new RecordKey("Cluster", "clusters/eu"))).hasSize(1);
        assertThat(records().position()).isEqualTo(position);
        assertThat(audit().size()).isEqualTo(2);
    }

    private List<String> names(String kind, String prefix, String after, int limit) {
        return records().list(kind, prefix, after, limit).stream().map(StoredRecord::name).toList();
    }
}
