package dev.drover.cli;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** Finds the words that somebody may have meant by one that does not exist. */
final class Nearest {
    private static final int SHOWN_MAX = 3;

    private Nearest() {}

    /** {@code "; did you mean A or B?"}, or nothing where no word is near. */
    static String hint(String word, List<String> words) {
        String plain = plain(word);
        int near = Math.max(1, plain.length() / 3);
        List<String> found =
                words.stream()
                        .filter(one -> distance(plain, plain(one)) <= near)
                        .sorted(Comparator.comparingInt(one -> distance(plain, plain(one))))
                        .limit(SHOWN_MAX)
                        .toList();
        return found.isEmpty() ? "" : "; did you mean " + String.join(" or ", found) + "?";
    }

    /** Words are the same whatever their case, dashes and underscores. */
    static String plain(String word) {
        return word.toLowerCase(Locale.ROOT).replace("-", "").replace("_", "");
    }

    // How many letters have to be added, left out or changed (Levenshtein).
    private static int distance(String a, String b) {
        int[] row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int kept = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(kept, 1 + Math.min(row[j], row[j - 1]));
            }
        }
        return row[b.length()];
    }
}
