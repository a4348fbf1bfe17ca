package dev.drover.gateway.baseline;

import com.google.protobuf.Message;
import dev.drover.gateway.record.Records;
import dev.drover.gateway.record.StoredRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads nouns by type and name. */
public final class Lookup {
    private static final int PAGE = 500;

    private final Records records;
    private final Kinds kinds;
    private final KnownNouns nouns = new KnownNouns();

    /** Reads these kinds from these records. */
    public Lookup(Records records, Kinds kinds) {
        this.records = records;
        this.kinds = kinds;
    }

    /** A noun, if it exists. */
    public <M extends Message> Optional<Versioned<M>> find(Class<M> type, String name) {
        return find(kinds.of(type), name);
    }

    /** A noun. NOT_FOUND where it does not exist. */
    public <M extends Message> Versioned<M> get(Class<M> type, String name) {
        return find(type, name).orElseThrow(() -> kinds.of(type).notFound(name));
    }

    /** All nouns whose names begin so, by name; empty: all. */
    public <M extends Message> List<Versioned<M>> list(Class<M> type, String prefix) {
        Kind<M> kind = kinds.of(type);
        List<Versioned<M>> found = new ArrayList<>();
        for (StoredRecord record : records(kind.recordKind(), prefix)) {
            found.add(present(kind, record));
        }
        return found;
    }

    /** One record, if it exists. */
    Optional<StoredRecord> record(String recordKind, String name) {
        return records.get(recordKind, name);
    }

    /** All records of one kind whose names begin so. */
    public List<StoredRecord> records(String recordKind, String prefix) {
        List<StoredRecord> found = new ArrayList<>();
        String after = "";
        while (true) {
            List<StoredRecord> page = records.list(recordKind, prefix, after, PAGE);
            found.addAll(page);
            if (page.size() < PAGE) {
                return found;
            }
            after = page.getLast().name();
        }
    }

    <M extends Message> Optional<Versioned<M>> find(Kind<M> kind, String name) {
        return records.get(kind.recordKind(), name).map(record -> present(kind, record));
    }

    /** As it is stored, nothing filled in. */
    <M extends Message> Optional<Versioned<M>> stored(Kind<M> kind, String name) {
        return records.get(kind.recordKind(), name)
                .map(record -> new Versioned<>(nouns.read(kind, record), record.revision()));
    }

    private <M extends Message> Versioned<M> present(Kind<M> kind, StoredRecord record) {
        return new Versioned<>(kind.hooks().present(nouns.read(kind, record)), record.revision());
    }
}
