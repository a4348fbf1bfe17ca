package dev.drover.policy;

/** What one expression may cost; told in docs/policy.md. */
final class Limits {

    /** Characters (code points) of an expression. */
    static final int EXPRESSION_SIZE = 8192;

    /** Levels of nesting, which bound the stack of parser, checker and evaluator. */
    static final int NESTING = 64;

    /**
     * Characters of a regular expression: RE2J compiles it before it can tell the size of the
     * program.
     */
    static final int PATTERN_SIZE = 500;

    /** Instructions of a compiled regular expression. */
    static final int PATTERN_PROGRAM = 600;

    /**
     * Units of work of one evaluation: one for each node, one for each 16 characters or elements
     * that it yields, for searches and patterns what they may have to try, and a hundred for each
     * part that fails.
     */
    static final int WORK = 500_000;

    /** Characters of a text that an evaluation meets or makes. */
    static final int TEXT_SIZE = 16_384;

    /** Elements of a list, or entries of a map, that an evaluation meets or makes. */
    static final int ELEMENTS = 65_536;

    /** Problems that are told of one expression. */
    static final int PROBLEMS = 10;

    private Limits() {}
}
