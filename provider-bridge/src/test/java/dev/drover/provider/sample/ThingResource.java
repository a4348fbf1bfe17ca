package dev.drover.provider.sample;

import dev.drover.provider.framework.Absent;
import dev.drover.provider.framework.AttributePath;
import dev.drover.provider.framework.Call;
import dev.drover.provider.framework.Change;
import dev.drover.provider.framework.Diagnostic;
import dev.drover.provider.framework.DiagnosticException;
import dev.drover.provider.framework.Resource;
import dev.drover.provider.framework.Schema;
import dev.drover.provider.framework.Value;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;

/** Things, with faults on demand: the note says which. */
final class ThingResource implements Resource {
    private final Things things;

    ThingResource(Things things) {
        this.things = things;
    }

    @Override
    public Schema schema() {
        return ThingSchema.SCHEMA;
    }

    @Override
    public void validate(Value.Entries config, Call call) {
        if (config.get("stages") instanceof Value.Sequence stages) {
            for (int i = 0; i < stages.elements().size(); i++) {
                if (stages.elements().get(i) instanceof Value.Entries stage
                        && stage.get("title").equals(Value.text("bad"))) {
                    AttributePath path = AttributePath.of("stages").index(i).attribute("title");
                    call.diagnostics()
                            .error(path, "Bad title", "\"bad\" is no title; choose another.");
                }
            }
        }
    }

    @Override
    public Plan plan(PlanRequest request, Plan plan, Call call) {
        if (plan.planned().isNull()
                && ((Value.Entries) request.prior()).get("note").equals(Value.text("guarded"))) {
            call.diagnostics()
                    .warning(
                            AttributePath.ROOT,
                            "A guard goes",
                            "Nothing holds the gate afterwards.");
        }
        return plan;
    }

    @Override
    public Value read(Value.Entries current, Call call) {
        String id = ((Value.Text) current.get("id")).text();
        Value.Entries thing = things.byId.get(id);
        // As an API would: it knows no difference between unset and empty, and has its own spelling
        // of durations.
        return thing == null
                ? Absent.NULL
                : thing.get("timeout").isNull() ? thing : normalised(thing);
    }

    private static Value.Entries normalised(Value.Entries thing) {
        String timeout = ((Value.Text) thing.get("timeout")).text();
        return timeout.equals("10m") ? thing.with("timeout", Value.text("600s")) : thing;
    }

    @Override
    public Value create(Change change, Call call) {
        String id = "thing-" + ((Value.Text) change.planned().get("name")).text();
        Value.Entries thing = filled(change.planned(), id);
        String note = change.planned().get("note") instanceof Value.Text(String text) ? text : "";
        switch (note) {
            case "explode" -> throw new IllegalStateException("the secret cause");
            case "refuse" ->
                    throw new DiagnosticException(
                            Diagnostic.error("Not allowed", "Choose another note.")
                                    .at(AttributePath.of("note")));
            case "half" -> {
                things.byId.put(id, thing);
                call.keep(thing);
                throw new IllegalStateException("the second half failed");
            }
            case "malformed" -> {
                things.byId.put(id, thing);
                return thing.with("size", Value.text("three"));
            }
            case "slow" -> awaitCancellation(call);
            default -> {}
        }
        if (note.startsWith("after:")) {
            awaitEndOf(Path.of(note.substring("after:".length())));
        }
        return store(change, thing, id);
    }

    private void awaitCancellation(Call call) {
        CountDownLatch cancelled = new CountDownLatch(1);
        call.cancellation().onRequest(cancelled::countDown);
        things.slowCreateStarted.countDown();
        try {
            cancelled.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void awaitEndOf(Path pipe) {
        try {
            Files.readAllBytes(pipe);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public Value update(Change change, Call call) {
        String id = ((Value.Text) change.planned().get("id")).text();
        return store(change, filled(change.planned(), id), id);
    }

    private Value store(Change change, Value.Entries thing, String id) {
        if (change.config().get("password_wo") instanceof Value.Text(String password)) {
            things.passwords.put(id, password);
        }
        things.byId.put(id, thing);
        return thing;
    }

    @Override
    public void delete(Value.Entries prior, Call call) {
        things.byId.remove(((Value.Text) prior.get("id")).text());
    }

    @Override
    public Value importState(String id, Call call) {
        return new Value.Entries(Map.of("id", Value.text(id)));
    }

    @Override
    public Value.Entries upgrade(long storedVersion, Value.Entries stored, Call call) {
        return stored.with("note", stored.get("comment"));
    }

    private Value.Entries filled(Value.Entries planned, String id) {
        Map<String, Value> values = new LinkedHashMap<>(planned.values());
        values.put("id", Value.text(id));
        values.put("etag", Value.text(things.nextEtag()));
        if (planned.get("color").isUnknown()) {
            values.put("color", Value.text("grey"));
        }
        values.replaceAll((name, value) -> numbered(value));
        return new Value.Entries(values);
    }

    private static Value numbered(Value value) {
        return switch (value) {
            case Value.Sequence list -> new Value.Sequence(numbered(list.elements()));
            case Value.Members set -> new Value.Members(numbered(set.elements()));
            case Value.Entries entries when entries.get("number").isUnknown() ->
                    entries.with("number", Value.number(7));
            case Value.Entries entries -> {
                Map<String, Value> values = new LinkedHashMap<>(entries.values());
                values.replaceAll((key, element) -> numbered(element));
                yield new Value.Entries(values);
            }
            default -> value;
        };
    }

    private static List<Value> numbered(List<Value> elements) {
        List<Value> numbered = new ArrayList<>();
        elements.forEach(element -> numbered.add(numbered(element)));
        return numbered;
    }
}
