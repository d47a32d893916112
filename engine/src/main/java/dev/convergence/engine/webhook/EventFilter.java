package dev.convergence.engine.webhook;

import dev.convergence.engine.error.FieldFaults;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// Which events an endpoint wants: names, families such as `job.run.*`, or `*` for all.
///
/// @param words as the tenant gave them
public record EventFilter(List<String> words) {

    private static final String ALL = "*";
    private static final int WORDS_MAX = 50;

    public EventFilter {
        words = List.copyOf(words);
    }

    public boolean takes(EventName event) {
        return words.stream().anyMatch(word -> matches(word, event.word()));
    }

    private static boolean matches(String word, String event) {
        return word.endsWith(ALL)
                ? event.startsWith(word.substring(0, word.length() - 1))
                : event.equals(word);
    }

    /// @param given null for all events
    static EventFilter checked(@Nullable List<@Nullable String> given, FieldFaults faults) {
        if (given == null) {
            return new EventFilter(List.of(ALL));
        }
        if (given.isEmpty() || given.size() > WORDS_MAX) {
            faults.add(
                    "events", "LENGTH", "has 1 to " + WORDS_MAX + " names; leave it out for all.");
            return new EventFilter(List.of());
        }
        Set<String> words = new TreeSet<>();
        for (int i = 0; i < given.size(); i++) {
            String name = given.get(i);
            String word = name == null ? "" : name.strip().toLowerCase(Locale.ROOT);
            if (known().contains(word)) {
                words.add(word);
            } else {
                faults.add("events[" + i + "]", "UNKNOWN_VALUE", "is one of " + known() + ".");
            }
        }
        return new EventFilter(List.copyOf(words));
    }

    private static Set<String> known() {
        Set<String> words = new TreeSet<>(Set.of(ALL));
        Arrays.stream(EventName.values())
                .filter(event -> event != EventName.WEBHOOK_TEST)
                .map(EventName::word)
                .forEach(word -> addWithFamilies(word, words));
        return words;
    }

    private static void addWithFamilies(String word, Set<String> words) {
        words.add(word);
        for (int dot = word.indexOf('.'); dot >= 0; dot = word.indexOf('.', dot + 1)) {
            words.add(word.substring(0, dot + 1) + ALL);
        }
    }
}
