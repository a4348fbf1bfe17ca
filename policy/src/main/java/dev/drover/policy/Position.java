package dev.drover.policy;

/** A place in an expression; line and column count from 1. */
record Position(int line, int column) {

    static final Position START = new Position(1, 1);
}
