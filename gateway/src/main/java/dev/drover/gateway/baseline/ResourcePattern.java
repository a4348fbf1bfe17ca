package dev.drover.gateway.baseline;

import java.util.ArrayList;
import java.util.List;

/**
 * The shape of resource names, for example {@code projects/{project}/environments/{environment}}.
 *
 * @param text as in the proto
 * @param segments its segments; variables in braces
 */
public record ResourcePattern(String text, List<String> segments) {
    /** Reads a pattern. */
    public static ResourcePattern of(String text) {
        return new ResourcePattern(text, List.of(text.split("/")));
    }

    /** Whether a name has this shape. */
    public boolean matches(String name) {
        return matches(name, false);
    }

    private boolean matches(String name, boolean wildcards) {
        String[] parts = name.split("/", -1);
        if (parts.length != segments.size()) {
            return false;
        }
        for (int i = 0; i < parts.length; i++) {
            boolean fits =
                    variable(i)
                            ? !parts[i].isEmpty() && (wildcards || !parts[i].equals("-"))
                            : parts[i].equals(segments.get(i));
            if (!fits) {
                return false;
            }
        }
        return true;
    }

    /** Whether a name has this shape where {@code -} may stand for any id. */
    boolean matchesWithWildcards(String name) {
        return matches(name, true);
    }

    /** The pattern of the parent; the empty pattern at the top. */
    ResourcePattern parent() {
        List<String> rest = segments.subList(0, Math.max(0, segments.size() - 2));
        return new ResourcePattern(String.join("/", rest), rest);
    }

    boolean isTop() {
        return segments.size() <= 2;
    }

    /** The name of a child of this parent. */
    String name(String parent, String id) {
        String collection = segments.get(segments.size() - 2);
        return (parent.isEmpty() ? "" : parent + "/") + collection + "/" + id;
    }

    /** The name of the parent of a name of this shape. */
    static String parentOf(String name) {
        String[] parts = name.split("/", -1);
        List<String> rest = new ArrayList<>(List.of(parts).subList(0, parts.length - 2));
        return String.join("/", rest);
    }

    /** The last segment of a name. */
    static String idOf(String name) {
        return name.substring(name.lastIndexOf('/') + 1);
    }

    private boolean variable(int i) {
        return segments.get(i).startsWith("{");
    }
}
