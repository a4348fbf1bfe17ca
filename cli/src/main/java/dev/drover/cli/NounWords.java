package dev.drover.cli;

import java.util.Iterator;
import java.util.List;
import java.util.function.Function;

/** The nouns that a command takes, for its help and for completion. */
abstract class NounWords implements Iterable<String> {
    private final String verb;
    private final Function<Noun, String> word;

    private NounWords(String verb, Function<Noun, String> word) {
        this.verb = verb;
        this.word = word;
    }

    @Override
    public final Iterator<String> iterator() {
        return of(verb).stream().map(word).iterator();
    }

    /** The nouns that have a method, for example {@code Update}. */
    static List<Noun> of(String verb) {
        return Noun.all().stream().filter(noun -> noun.method(verb).isPresent()).toList();
    }

    /** What can be read. */
    static final class Read extends NounWords {
        Read() {
            super("Get", Noun::singular);
        }
    }

    /** What can be listed. */
    static final class Listed extends NounWords {
        Listed() {
            super("List", Noun::plural);
        }
    }

    /** What can be applied. */
    static final class Applied extends NounWords {
        Applied() {
            super("Update", Noun::singular);
        }
    }

    /** What can be deleted. */
    static final class Deleted extends NounWords {
        Deleted() {
            super("Delete", Noun::singular);
        }
    }

    /** What can be watched. */
    static final class Watched extends NounWords {
        Watched() {
            super("Watch", Noun::plural);
        }
    }
}
