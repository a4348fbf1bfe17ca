package dev.drover.gateway.baseline;

/**
 * Which nouns of a kind a list or a watch is about: the children of one parent, or of all parents
 * that a name with {@code -} stands for.
 *
 * @param parent as asked
 * @param prefix what all their names begin with
 * @param pattern the kind's names
 */
record Scope(String parent, String prefix, ResourcePattern pattern) {
    static Scope of(Kind<?> kind, String parent) {
        String all = kind.pattern().name(parent, "-");
        int wildcard = all.indexOf("/-");
        return new Scope(parent, all.substring(0, wildcard + 1), kind.pattern());
    }

    boolean contains(String name) {
        if (!pattern.matches(name)) {
            return false;
        }
        String[] wanted = parent.split("/", -1);
        String[] parts = name.split("/", -1);
        for (int i = 0; i < wanted.length && !parent.isEmpty(); i++) {
            if (!wanted[i].equals("-") && !wanted[i].equals(parts[i])) {
                return false;
            }
        }
        return true;
    }
}
