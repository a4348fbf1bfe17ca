package dev.drover.gateway.baseline;

import static dev.drover.gateway.baseline.Requests.with;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Message;
import dev.drover.gateway.audit.AuditEvent;
import dev.drover.gateway.audit.AuditRecord;
import dev.drover.gateway.error.GatewayException;
import dev.drover.gateway.error.Reason;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The manners of the API, each with every kind. */
class EveryKindTest {
    private final TestBaseline baseline = new TestBaseline();

    static Stream<String> nouns() {
        return Samples.ALL.keySet().stream();
    }

    @AfterEach
    void close() {
        baseline.close();
    }

    @ParameterizedTest
    @MethodSource("nouns")
    void createdIsReadBackAsItWasAnswered(String name) {
        Kind<?> kind = prepare(name);
        Message created = create(kind, name);
        assertThat(text(created, "name")).isEqualTo(name);
        assertThat(text(created, "uid")).hasSize(32);
        assertThat(text(created, "etag")).isNotEmpty();
        assertThat(created.getAllFields().keySet())
                .extracting(field -> field.getName())
                .contains("create_time", "update_time");
        assertThat(get(kind, name)).isEqualTo(created);
    }

    @ParameterizedTest
    @MethodSource("nouns")
    void aTakenNameIsRefused(String name) {
        Kind<?> kind = prepare(name);
        create(kind, name);
        GatewayException refusal =
                baseline.refusal(Requests.create(kind, name, sample(name)).build());
        assertThat(refusal.reason()).isEqualTo(Reason.ALREADY_EXISTS);
        assertThat(refusal).hasMessageContaining(name);
    }

    @ParameterizedTest
    @MethodSource("nouns")
    void anIdThatIsNoLabelIsRefused(String name) {
        Kind<?> kind = prepare(name);
        for (String id : List.of("", "Shop", "1shop", "a_b", "x".repeat(64))) {
            Message.Builder request = Requests.create(kind, name, sample(name));
            String field = kind.fieldName(request.getDescriptorForType()) + "_id";
            GatewayException refusal = baseline.refusal(with(request, field, id));
            assertThat(refusal.reason()).isEqualTo(Reason.INVALID_FIELD);
            assertThat(refusal.details().fields().getFirst().field()).isEqualTo(field);
        }
    }

    @ParameterizedTest
    @MethodSource("nouns")
    void whatTheCallerPutsIntoOutputFieldsIsIgnored(String name) {
        Kind<?> kind = prepare(name);
        Message created =
                baseline.call(
                        Requests.create(
                                        kind,
                                        name,
                                        with(with(sample(name), "uid", "mine"), "name", "other"))
                                .build());
        assertThat(text(created, "uid")).isNotEqualTo("mine");
        assertThat(text(created, "name")).isEqualTo(name);
    }

    @ParameterizedTest
    @MethodSource("nouns")
    void theSameRequestIdGetsTheSameAnswer(String name) {
        Kind<?> kind = prepare(name);
        Message request = with(Requests.create(kind, name, sample(name)), "request_id", "once");
        Message first = baseline.call(request);
        long entries = baseline.store.audit().size();
        baseline.pass(Duration.ofHours(1));
        assertThat(baseline.call(request)).isEqualTo(first);
        assertThat(baseline.store.audit().size()).isEqualTo(entries);
    }

    @ParameterizedTest
    @MethodSource("nouns")
    void aRequestIdForAnotherBodyIsRefused(String name) {
        Kind<?> kind = prepare(name);
        baseline.call(with(Requests.create(kind, name, sample(name)), "request_id", "once"));
        GatewayException refusal =
                baseline.refusal(
                        with(
                                Requests.create(
                                        kind, name, with(sample(name), "display_name", "Other")),
                                "request_id",
                                "once"));
        assertThat(refusal.reason()).isEqualTo(Reason.REQUEST_ID_REUSED);
    }

    @ParameterizedTest
    @MethodSource("nouns")
    void validateOnlyChangesNothing(String name) {
        Kind<?> kind = prepare(name);
        long position = baseline.store.records().position();
        baseline.call(with(Requests.create(kind, name, sample(name)), "validate_only", true));
        assertThat(baseline.store.records().position()).isEqualTo(position);
        assertThat(baseline.refusal(Requests.get(kind, name).build()).reason())
                .isEqualTo(Reason.NOT_FOUND);
        create(kind, name);
        long created = baseline.store.records().position();
        Message changed = with(get(kind, name), "display_name", "Other");
        Message answer =
                baseline.call(
                        with(
                                Requests.update(kind, changed, "display_name"),
                                "validate_only",
                                true));
        assertThat(text(answer, "display_name")).isEqualTo("Other");
        baseline.call(with(Requests.delete(kind, name), "validate_only", true));
        assertThat(baseline.store.records().position()).isEqualTo(created);
        assertThat(text(get(kind, name), "display_name")).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("nouns")
    void validateOnlyFailsWheneverTheRealCallWould(String name) {
        Kind<?> kind = prepare(name);
        create(kind, name);
        Message again = with(Requests.create(kind, name, sample(name)), "validate_only", true);
        assertThat(baseline.refusal(again).reason()).isEqualTo(Reason.ALREADY_EXISTS);
        Message stale = with(with(get(kind, name), "etag", "stale"), "display_name", "Other");
        assertThat(
                        baseline.refusal(with(Requests.update(kind, stale), "validate_only", true))
                                .reason())
                .isEqualTo(Reason.ETAG_MISMATCH);
    }

    @ParameterizedTest
    @MethodSource("nouns")
    void anUpdateChangesWhatTheMaskNamesAndNothingElse(String name) {
        Kind<?> kind = prepare(name);
        Message created = create(kind, name);
        baseline.pass(Duration.ofSeconds(1));
        Message input =
                with(
                        Fields.without(created, com.google.api.FieldBehavior.REQUIRED),
                        "display_name",
                        "Other");
        Message updated = baseline.call(Requests.update(kind, input, "display_name").build());
        assertThat(text(updated, "display_name")).isEqualTo("Other");
        assertThat(text(updated, "etag")).isNotEqualTo(text(created, "etag"));
        assertThat(Changes.between(created, updated).paths())
                .contains("display_name", "update_time")
                .doesNotContain("uid", "create_time", "labels");
        assertThat(get(kind, name)).isEqualTo(updated);
    }

    @ParameterizedTest
    @MethodSource("nouns")
    void withoutAMaskTheFieldsThatAreSetAreChanged(String name) {
        Kind<?> kind = prepare(name);
        Message created = create(kind, name);
        Message input = with(with(kind.prototype(), "name", name), "display_name", "Other");
        Message updated = baseline.call(Requests.update(kind, input).build());
        assertThat(Changes.between(created, updated).paths())
                .contains("display_name")
                .isSubsetOf("display_name", "revision");
    }

    @ParameterizedTest
    @MethodSource("nouns")
    void anUpdateThatChangesNothingMakesNoRevisionAndNoAuditEntry(String name) {
        Kind<?> kind = prepare(name);
        Message created = create(kind, name);
        long entries = baseline.store.audit().size();
        baseline.pass(Duration.ofSeconds(1));
        assertThat(baseline.call(Requests.update(kind, created, "*").build())).isEqualTo(created);
        assertThat(get(kind, name)).isEqualTo(created);
        assertThat(baseline.store.audit().size()).isEqualTo(entries);
    }

    @ParameterizedTest
    @MethodSource("nouns")
    void aStaleEtagIsRefusedWithBothValues(String name) {
        Kind<?> kind = prepare(name);
        Message created = create(kind, name);
        baseline.call(Requests.update(kind, with(created, "display_name", "A")).build());
        String present = text(get(kind, name), "etag");
        Message stale = with(created, "display_name", "B");
        for (Message request :
                List.of(
                        Requests.update(kind, stale).build(),
                        with(Requests.delete(kind, name), "etag", text(created, "etag")))) {
            GatewayException refusal = baseline.refusal(request);
            assertThat(refusal.reason()).isEqualTo(Reason.ETAG_MISMATCH);
            assertThat(refusal.details().metadata())
                    .containsEntry("sentEtag", text(created, "etag"))
                    .containsEntry("currentEtag", present);
        }
    }

    @ParameterizedTest
    @MethodSource("nouns")
    void anUnknownPathInTheMaskIsRefusedWithItsPlace(String name) {
        Kind<?> kind = prepare(name);
        Message created = create(kind, name);
        GatewayException refusal =
                baseline.refusal(Requests.update(kind, created, "display_name", "colour").build());
        assertThat(refusal.reason()).isEqualTo(Reason.INVALID_FIELD);
        assertThat(refusal.details().fields().getFirst().field()).isEqualTo("update_mask.paths[1]");
    }

    @ParameterizedTest
    @MethodSource("nouns")
    void anUpdateOfWhatIsMissingIsRefusedOrCreatesIt(String name) {
        Kind<?> kind = prepare(name);
        Message input = with(sample(name), "name", name);
        assertThat(baseline.refusal(Requests.update(kind, input).build()).reason())
                .isEqualTo(Reason.NOT_FOUND);
        Message created = baseline.call(with(Requests.update(kind, input), "allow_missing", true));
        assertThat(get(kind, name)).isEqualTo(created);
    }

    @ParameterizedTest
    @MethodSource("nouns")
    void deletedIsGoneAndMayBeCreatedAgain(String name) {
        Kind<?> kind = prepare(name);
        Message first = create(kind, name);
        baseline.call(Requests.delete(kind, name).build());
        assertThat(baseline.refusal(Requests.get(kind, name).build()).reason())
                .isEqualTo(Reason.NOT_FOUND);
        assertThat(baseline.refusal(Requests.delete(kind, name).build()).reason())
                .isEqualTo(Reason.NOT_FOUND);
        baseline.call(with(Requests.delete(kind, name), "allow_missing", true));
        assertThat(text(create(kind, name), "uid")).isNotEqualTo(text(first, "uid"));
    }

    @ParameterizedTest
    @MethodSource("nouns")
    void everyChangeLeavesOneAuditEntryWithPathsAndEtags(String name) {
        Kind<?> kind = prepare(name);
        long before = baseline.store.audit().size();
        Message created = create(kind, name);
        Message updated =
                baseline.call(
                        Requests.update(kind, with(created, "display_name", "Other")).build());
        baseline.call(Requests.delete(kind, name).build());
        List<AuditEvent> events =
                baseline.store.audit().entries(before, 10).stream()
                        .map(AuditRecord::event)
                        .toList();
        String noun = kind.resource().getSingular();
        assertThat(events)
                .extracting(AuditEvent::action)
                .containsExactly(noun + ".create", noun + ".update", noun + ".delete");
        assertThat(events).allMatch(event -> event.actor().equals("serviceAccounts/alice"));
        assertThat(events).allMatch(event -> event.resource().equals(name));
        assertThat(events.get(1).details())
                .containsEntry("oldEtag", text(created, "etag"))
                .containsEntry("newEtag", text(updated, "etag"))
                .hasEntrySatisfying(
                        "changedFields", fields -> assertThat(fields).contains("display_name"));
    }

    @ParameterizedTest
    @MethodSource("nouns")
    void aListIsReadPageByPage(String name) {
        Kind<?> kind = prepare(name);
        List<String> names = new ArrayList<>();
        for (char c = 'a'; c <= 'e'; c++) {
            String other = name + "-" + c;
            names.add(other);
            create(kind, other, Samples.another(name, "-" + c));
        }
        String parent = kind.pattern().isTop() ? "" : ResourcePattern.parentOf(name);
        List<String> found = new ArrayList<>();
        String token = "";
        int pages = 0;
        do {
            Message.Builder request = Requests.list(kind, parent);
            Fields.set(request, "page_size", 2);
            Fields.set(request, "filter", "name = \"" + name + "-*\"");
            Message page = baseline.call(with(request, "page_token", token));
            list(kind, page).forEach(each -> found.add(text(each, "name")));
            token = text(page, "next_page_token");
            pages++;
        } while (!token.isEmpty());
        assertThat(found).isEqualTo(names);
        assertThat(pages).isEqualTo(3);
    }

    private Kind<?> prepare(String name) {
        for (String each : Samples.ALL.keySet()) {
            if (each.equals(name)) {
                break;
            }
            create(kind(each), each);
        }
        return kind(name);
    }

    private Kind<?> kind(String name) {
        return baseline.kinds.of(sample(name).getClass());
    }

    private static Message sample(String name) {
        return java.util.Objects.requireNonNull(Samples.ALL.get(name));
    }

    private Message create(Kind<?> kind, String name) {
        return create(kind, name, sample(name));
    }

    private Message create(Kind<?> kind, String name, Message noun) {
        return baseline.call(Requests.create(kind, name, noun).build());
    }

    private Message get(Kind<?> kind, String name) {
        return baseline.call(Requests.get(kind, name).build());
    }

    private static List<Message> list(Kind<?> kind, Message page) {
        return ((List<?>) page.getField(kind.field(page.getDescriptorForType())))
                .stream().map(each -> (Message) each).toList();
    }

    private static String text(Message message, String field) {
        return Fields.text(message, field);
    }
}
