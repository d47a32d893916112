package dev.convergence.engine.time;

import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// One field of a cron expression as the set of the values it names.
///
/// @param bits bit n is set when the value n matches
/// @param isStar the text begins with `*`: for the two day fields this decides between AND and OR
/// @param repeats a wildcard or a step: it means a pace, not fixed values
record CronField(long bits, boolean isStar, boolean repeats) {

    private static final Pattern PART =
            Pattern.compile("(\\*|\\?|[0-9A-Za-z]+)(?:-([0-9A-Za-z]+))?(?:/([0-9]+))?");

    /// What a field may hold.
    enum Kind {
        MINUTE("minute", 0, 59, List.of()),
        HOUR("hour", 0, 23, List.of()),
        DAY_OF_MONTH("day of month", 1, 31, List.of()),
        MONTH(
                "month",
                1,
                12,
                List.of(
                        "JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV",
                        "DEC")),
        DAY_OF_WEEK("day of week", 0, 7, List.of("SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT"));

        private final String title;
        private final int smallest;
        private final int largest;
        private final List<String> names;

        Kind(String title, int smallest, int largest, List<String> names) {
            this.title = title;
            this.smallest = smallest;
            this.largest = largest;
            this.names = names;
        }
    }

    static CronField parse(Kind kind, String text) {
        long bits = 0;
        for (String part : text.split(",", -1)) {
            bits |= bitsOf(kind, part);
        }
        if (kind == Kind.DAY_OF_WEEK && (bits & 1L << 7) != 0) {
            bits = (bits | 1L) & ~(1L << 7); // 7 is Sunday, too
        }
        boolean isStar = text.startsWith("*") || text.startsWith("?");
        return new CronField(bits, isStar, isStar || text.contains("/"));
    }

    boolean matches(int value) {
        return (bits >>> value & 1L) != 0;
    }

    /// The smallest matching value that is not below `from`, or -1.
    int atOrAfter(int from) {
        long rest = from > 63 ? 0 : bits >>> from;
        return rest == 0 ? -1 : from + Long.numberOfTrailingZeros(rest);
    }

    private static long bitsOf(Kind kind, String part) {
        Matcher matcher = PART.matcher(part);
        if (!matcher.matches()) {
            throw refused(kind, part, "is not a value, a range, a list or a step");
        }
        boolean any = matcher.group(1).equals("*") || matcher.group(1).equals("?");
        int from = any ? kind.smallest : value(kind, matcher.group(1), part);
        int to = from;
        if (matcher.group(2) != null) {
            to = any ? -1 : value(kind, matcher.group(2), part);
        } else if (any || matcher.group(3) != null) {
            to = kind == Kind.DAY_OF_WEEK ? 6 : kind.largest;
        }
        int step = matcher.group(3) == null ? 1 : number(kind, matcher.group(3), part);
        if (to < from) {
            throw refused(kind, part, "ends before it begins");
        }
        if (step < 1 || step > kind.largest) {
            throw refused(kind, part, "has a step outside 1 to " + kind.largest);
        }
        long bits = 0;
        for (int value = from; value <= to; value += step) {
            bits |= 1L << value;
        }
        return bits;
    }

    private static int value(Kind kind, String text, String part) {
        int name = kind.names.indexOf(text.toUpperCase(Locale.ROOT));
        if (name >= 0) {
            return name + kind.smallest;
        }
        int value = number(kind, text, part);
        if (value < kind.smallest || value > kind.largest) {
            throw refused(kind, part, "is outside " + kind.smallest + " to " + kind.largest);
        }
        return value;
    }

    private static int number(Kind kind, String text, String part) {
        if (!text.matches("[0-9]{1,4}")) {
            throw refused(kind, part, "is not a number");
        }
        return Integer.parseInt(text);
    }

    private static IllegalArgumentException refused(Kind kind, String part, String why) {
        return new IllegalArgumentException(
                "The " + kind.title + " '" + part + "' of the cron expression " + why + ".");
    }
}
