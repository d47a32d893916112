package dev.convergence.steps.landing;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/// A glob for paths: `*` and `?` stay inside a folder, `**` does not, `[a-c]` and `[!a-c]` are one
/// character, `{a,b}` is either.
///
/// All ways to match are followed side by side, so the time grows with the length of the path times
/// that of the pattern. A regular expression tries one way after the other, and a pattern of many
/// stars would keep it at one path for ever.
final class Glob {

    private static final int ALTERNATIVES_MAX = 100;

    private final List<List<Part>> alternatives;

    private Glob(List<List<Part>> alternatives) {
        this.alternatives = alternatives;
    }

    /// @throws IllegalArgumentException for what is no glob, with a word on why
    static Glob of(String pattern) {
        return new Glob(expanded(pattern));
    }

    boolean matches(String path) {
        return alternatives.stream().anyMatch(parts -> matches(parts, path));
    }

    private sealed interface Part {}

    private record Stars(boolean crossing) implements Part {}

    /// One character, never a slash unless it is one.
    private record One(String ranges, boolean negated) implements Part {

        boolean fits(char sign) {
            if (sign == '/') {
                return ranges.equals("//");
            }
            boolean found = false;
            for (int i = 0; i < ranges.length(); i += 2) {
                found |= ranges.charAt(i) <= sign && sign <= ranges.charAt(i + 1);
            }
            return found != negated;
        }
    }

    private static final One ANY = new One("", true);

    /// The places in the pattern at which a match may stand, moved along the path.
    private static boolean matches(List<Part> parts, String path) {
        boolean[] at = new boolean[parts.size() + 1];
        at[0] = true;
        skipStars(parts, at);
        for (int i = 0; i < path.length(); i++) {
            at = moved(parts, at, path.charAt(i));
            skipStars(parts, at);
        }
        return at[parts.size()];
    }

    private static boolean[] moved(List<Part> parts, boolean[] at, char sign) {
        boolean[] next = new boolean[at.length];
        for (int place = 0; place < parts.size(); place++) {
            if (at[place]) {
                switch (parts.get(place)) {
                    case Stars stars -> next[place] |= stars.crossing() || sign != '/';
                    case One one -> next[place + 1] |= one.fits(sign);
                }
            }
        }
        return next;
    }

    /// Stars may stand for nothing.
    private static void skipStars(List<Part> parts, boolean[] at) {
        for (int place = 0; place < parts.size(); place++) {
            if (at[place] && parts.get(place) instanceof Stars) {
                at[place + 1] = true;
            }
        }
    }

    /// The pattern without braces, once for each way to fill them. Put together from parts, not
    /// from text: two stars of two words are not a double one.
    private static List<List<Part>> expanded(String pattern) {
        int open = outsideBrackets(pattern, '{');
        if (open < 0) {
            if (outsideBrackets(pattern, '}') >= 0) {
                throw new IllegalArgumentException("a } without its {");
            }
            return List.of(parts(pattern));
        }
        int close = pattern.indexOf('}', open);
        String inside = close < 0 ? "{" : pattern.substring(open + 1, close);
        if (inside.contains("{")) {
            throw new IllegalArgumentException("a { without its }, or one inside another");
        }
        List<Part> before = parts(pattern.substring(0, open));
        List<List<Part>> words = Arrays.stream(inside.split(",", -1)).map(Glob::parts).toList();
        List<List<Part>> all = new ArrayList<>();
        for (List<Part> behind : expanded(pattern.substring(close + 1))) {
            words.forEach(word -> all.add(joined(before, word, behind)));
            if (all.size() > ALTERNATIVES_MAX) {
                throw new IllegalArgumentException(
                        "it stands for more than " + ALTERNATIVES_MAX + " patterns");
            }
        }
        return all;
    }

    private static List<Part> joined(List<Part> before, List<Part> word, List<Part> behind) {
        return Stream.of(before, word, behind).flatMap(List::stream).toList();
    }

    private static int outsideBrackets(String pattern, char sign) {
        boolean inside = false;
        for (int i = 0; i < pattern.length(); i++) {
            char here = pattern.charAt(i);
            if (here == sign && !inside) {
                return i;
            }
            inside = inside ? here != ']' : here == '[';
        }
        return -1;
    }

    private static List<Part> parts(String pattern) {
        List<Part> parts = new ArrayList<>();
        for (int i = 0; i < pattern.length(); i++) {
            char sign = pattern.charAt(i);
            switch (sign) {
                case '*' -> {
                    boolean crossing = pattern.startsWith("**", i);
                    parts.add(new Stars(crossing));
                    i += crossing ? 1 : 0;
                }
                case '?' -> parts.add(ANY);
                case '[' -> {
                    int close = pattern.indexOf(']', i + 2);
                    if (close < 0) {
                        throw new IllegalArgumentException("a [ without its ]");
                    }
                    parts.add(oneOf(pattern.substring(i + 1, close)));
                    i = close;
                }
                default -> parts.add(new One("" + sign + sign, false));
            }
        }
        return parts;
    }

    private static One oneOf(String signs) {
        boolean negated = signs.startsWith("!");
        String rest = negated ? signs.substring(1) : signs;
        if (rest.isEmpty() || rest.contains("/")) {
            throw new IllegalArgumentException("brackets with nothing, or a /, in them");
        }
        StringBuilder ranges = new StringBuilder();
        for (int i = 0; i < rest.length(); i++) {
            boolean isRange = i + 2 < rest.length() && rest.charAt(i + 1) == '-';
            char last = rest.charAt(isRange ? i + 2 : i);
            if (last < rest.charAt(i)) {
                throw new IllegalArgumentException("a range that ends before it begins");
            }
            ranges.append(rest.charAt(i)).append(last);
            i += isRange ? 2 : 0;
        }
        return new One(ranges.toString(), negated);
    }
}
