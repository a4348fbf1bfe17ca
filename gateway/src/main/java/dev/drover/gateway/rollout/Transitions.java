package dev.drover.gateway.rollout;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * A state machine as data: which event leads from which state to which.
 *
 * @param <S> states
 * @param <E> events
 */
public final class Transitions<S extends Enum<S>, E extends Enum<E>> {
    private final S initial;
    private final Set<S> terminal;
    private final List<Transition<S, E>> all;
    private final Map<S, Map<E, S>> table;

    private Transitions(S initial, Set<S> terminal, List<Transition<S, E>> all) {
        this.initial = initial;
        this.terminal = Set.copyOf(terminal);
        this.all = List.copyOf(all);
        this.table = new TreeMap<>();
        for (Transition<S, E> one : all) {
            if (terminal.contains(one.from())) {
                throw new IllegalStateException(one + " leaves a terminal state");
            }
            if (table.computeIfAbsent(one.from(), from -> new TreeMap<>())
                            .put(one.event(), one.to())
                    != null) {
                throw new IllegalStateException(one + " is declared twice");
            }
        }
    }

    /**
     * One line of the table.
     *
     * @param <S> states
     * @param <E> events
     */
    public record Transition<S, E>(S from, E event, S to) {}

    /** Starts a table. */
    public static <S extends Enum<S>, E extends Enum<E>> Builder<S, E> from(
            S initial, Class<E> events, Set<S> terminal) {
        return new Builder<>(initial, terminal);
    }

    /** Where the event leads from this state; empty where it is not allowed. */
    public Optional<S> next(S state, E event) {
        return Optional.ofNullable(table.getOrDefault(state, Map.of()).get(event));
    }

    /**
     * Where the event leads.
     *
     * @throws IllegalStateException where the table has no such line: a fault of the engine
     */
    public S require(S state, E event) {
        return next(state, event)
                .orElseThrow(() ->
                        new IllegalStateException(
                                event + " is not allowed in " + state + " of " + table));
    }

    /** States from which this event is allowed. */
    public List<S> statesFor(E event) {
        return all.stream().filter(one -> one.event() == event).map(Transition::from).toList();
    }

    /** Whether a state never changes again. */
    public boolean terminal(S state) {
        return terminal.contains(state);
    }

    /** Every line of the table. */
    public List<Transition<S, E>> all() {
        return all;
    }

    /** The table as a Mermaid state diagram. */
    public String mermaid() {
        StringBuilder text = new StringBuilder("stateDiagram-v2\n    [*] --> " + initial + "\n");
        for (Transition<S, E> one : all) {
            text.append("    %s --> %s: %s\n".formatted(one.from(), one.to(), one.event()));
        }
        terminal.stream()
                .sorted()
                .forEach(state -> text.append("    %s --> [*]\n".formatted(state)));
        return text.toString();
    }

    /**
     * Collects the lines of a table.
     *
     * @param <S> states
     * @param <E> events
     */
    public static final class Builder<S extends Enum<S>, E extends Enum<E>> {
        private final S initial;
        private final Set<S> terminal;
        private final List<Transition<S, E>> lines = new ArrayList<>();

        private Builder(S initial, Set<S> terminal) {
            this.initial = initial;
            this.terminal = terminal;
        }

        /** The event leads from each of these states to one. */
        public Builder<S, E> on(E event, Set<S> from, S to) {
            for (S state : EnumSet.copyOf(from)) {
                lines.add(new Transition<>(state, event, to));
            }
            return this;
        }

        /** The event leads from one state to another. */
        public Builder<S, E> on(E event, S from, S to) {
            lines.add(new Transition<>(from, event, to));
            return this;
        }

        /** The table, checked. */
        public Transitions<S, E> build() {
            return new Transitions<>(initial, terminal, lines);
        }
    }
}
