package dev.drover.gateway.baseline;

import com.google.protobuf.Descriptors.MethodDescriptor;
import com.google.protobuf.Message;
import dev.drover.gateway.call.Methods;
import dev.drover.gateway.record.Records;
import dev.drover.policy.DeclarationChecks;
import java.util.random.RandomGenerator;

/** Serves the standard methods of every noun in the table of kinds. */
public final class BaselineService {
    private final Kinds kinds;
    private final Creates creates;
    private final Updates updates;
    private final Deletes deletes;
    private final Reads reads;
    private final Watches watches;

    /** Serves these kinds from these records. */
    public BaselineService(
            Kinds kinds,
            Records records,
            Mutations mutations,
            DeclarationChecks declarations,
            RandomGenerator random) {
        this.kinds = kinds;
        Lookup lookup = new Lookup(records, kinds);
        Checks checks = new Checks(kinds, lookup, declarations);
        this.creates = new Creates(mutations, checks, lookup, random);
        this.updates = new Updates(mutations, checks, lookup, creates);
        this.deletes = new Deletes(mutations, checks, lookup, records);
        this.reads = new Reads(checks, lookup, records);
        this.watches = new Watches(checks, records, mutations::now);
    }

    /** Puts the methods of all kinds into the table of methods. */
    public void register(Methods methods) {
        for (Kind<?> kind : kinds.all()) {
            for (Verb verb : kind.verbs()) {
                register(methods, kind, verb);
            }
        }
    }

    private void register(Methods methods, Kind<?> kind, Verb verb) {
        MethodDescriptor method = kind.methods().get(verb);
        switch (verb) {
            case CREATE ->
                    methods.add(
                            method,
                            (call, request) -> creates.create(new Asked<>(kind, call, request)));
            case UPDATE ->
                    methods.add(
                            method,
                            (call, request) -> updates.update(new Asked<>(kind, call, request)));
            case DELETE ->
                    methods.add(
                            method,
                            (call, request) -> deletes.delete(new Asked<>(kind, call, request)));
            case GET -> methods.add(method, (call, request) -> reads.get(kind, request));
            case LIST -> methods.add(method, (call, request) -> reads.list(kind, request));
            case WATCH ->
                    methods.addStream(
                            method, (call, request, sink) -> watches.watch(kind, request, sink));
        }
    }

    /** The present state of a noun, for features that answer with it. */
    public <M extends Message> M get(Kind<M> kind, Message request) {
        return reads.get(kind, request);
    }
}
