package dev.drover.gateway.baseline;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import dev.drover.gateway.baseline.query.Filter;
import dev.drover.gateway.baseline.query.Ordering;
import dev.drover.gateway.baseline.query.PageToken;
import dev.drover.gateway.record.Records;
import dev.drover.gateway.record.StoredRecord;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** The standard methods Get and List, for every kind. */
final class Reads {
    private static final int DEFAULT_SIZE = 50;
    private static final int MAX_SIZE = 1000;
    private static final int BATCH = 500;

    private final Checks checks;
    private final Lookup lookup;
    private final Records records;

    Reads(Checks checks, Lookup lookup, Records records) {
        this.checks = checks;
        this.lookup = lookup;
        this.records = records;
    }

    <M extends Message> M get(Kind<M> kind, Message request) {
        String name = Fields.text(request, "name");
        checks.name(kind, "name", name);
        return lookup.find(kind, name).orElseThrow(() -> kind.notFound(name)).message();
    }

    <M extends Message> Message list(Kind<M> kind, Message request) {
        Scope scope = checks.scope(kind, Fields.text(request, "parent"));
        String filterText = Fields.text(request, "filter");
        String orderText = Fields.text(request, "order_by");
        Filter filter = Filter.parse(filterText, kind.type());
        Ordering ordering = Ordering.parse(orderText, kind.type());
        String list = String.join("\n", kind.recordKind(), scope.parent(), filterText, orderText);
        int size = pageSize(request);
        ByteString place = place(list, Fields.text(request, "page_token"));
        List<M> found =
                ordering.byName()
                        ? byName(kind, scope, filter, place.toStringUtf8(), size + 1)
                        : ordered(kind, scope, filter, ordering, place);
        List<M> page = found.subList(0, Math.min(size, found.size()));
        String next = "";
        if (found.size() > size) {
            M last = page.getLast();
            next =
                    PageToken.of(
                            list,
                            ordering.byName()
                                    ? ByteString.copyFrom(
                                            Fields.text(last, "name"), StandardCharsets.UTF_8)
                                    : ordering.keyOf(last).toByteString());
        }
        return answer(kind, page, next);
    }

    static int pageSize(Message request) {
        int asked = Fields.number(request, "page_size");
        if (asked < 0) {
            throw dev.drover.gateway.error.GatewayException.invalidField(
                    "page_size", asked + " is negative; 0 is " + DEFAULT_SIZE);
        }
        return asked == 0 ? DEFAULT_SIZE : Math.min(asked, MAX_SIZE);
    }

    private static ByteString place(String list, String token) {
        return token.isEmpty() ? ByteString.EMPTY : PageToken.place(list, token);
    }

    private <M extends Message> List<M> byName(
            Kind<M> kind, Scope scope, Filter filter, String after, int limit) {
        List<M> found = new ArrayList<>();
        String from = after;
        while (found.size() < limit) {
            List<StoredRecord> batch = records.list(kind.recordKind(), scope.prefix(), from, BATCH);
            for (StoredRecord record : batch) {
                if (found.size() < limit) {
                    add(kind, scope, filter, record, found);
                }
            }
            if (batch.size() < BATCH) {
                break;
            }
            from = batch.getLast().name();
        }
        return found;
    }

    private <M extends Message> List<M> ordered(
            Kind<M> kind, Scope scope, Filter filter, Ordering ordering, ByteString place) {
        List<M> found = new ArrayList<>();
        for (StoredRecord record : lookup.records(kind.recordKind(), scope.prefix())) {
            add(kind, scope, filter, record, found);
        }
        found.sort(ordering);
        if (!place.isEmpty()) {
            Message last = key(kind, place);
            found.removeIf(each -> ordering.compare(each, last) <= 0);
        }
        return found;
    }

    private static Message key(Kind<?> kind, ByteString place) {
        try {
            return kind.prototype().newBuilderForType().mergeFrom(place).build();
        } catch (InvalidProtocolBufferException e) {
            throw PageToken.unusable();
        }
    }

    private static <M extends Message> void add(
            Kind<M> kind, Scope scope, Filter filter, StoredRecord record, List<M> found) {
        if (scope.contains(record.name())) {
            M message = kind.hooks().present(kind.read(record));
            if (filter.test(message)) {
                found.add(message);
            }
        }
    }

    private static Message answer(Kind<?> kind, List<? extends Message> page, String next) {
        var type = kind.methods().get(Verb.LIST).getOutputType();
        Message.Builder answer = Prototypes.of(type).newBuilderForType();
        answer.setField(kind.field(type), page);
        Fields.set(answer, "next_page_token", next);
        return answer.build();
    }
}
