package dev.convergence.steps.source;

import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// One line of a bill as text, by the names of its columns.
///
/// Names are compared by letters and digits only, so `lineItem/UnblendedCost` and
/// `line_item_unblended_cost`, or `service.id` and `service_id`, are the same. An empty value, the
/// word `NULL` and the year 1 are no value.
public final class SourceRow {

    /// No column of a file can have this name: plain names are letters and digits.
    private static final String LOADED_ON = "*";

    private static final Map<String, String> KNOWN = new ConcurrentHashMap<>();

    /// What some exports write where they have no date.
    private static final String NO_DATE = "0001-01-01";

    private final long line;
    private final Map<String, String> values = new HashMap<>();
    private Header header = Header.of(List.of());
    private long length;
    private boolean emptyWords;
    private Supplier<@Nullable String> json = () -> null;

    SourceRow(long line) {
        this.line = line;
    }

    SourceRow under(Header header) {
        this.header = header;
        return this;
    }

    SourceRow written(Supplier<@Nullable String> as) {
        this.json = as;
        return this;
    }

    /// All of it as it stands in a file of JSON; null in one of another kind.
    @Nullable String json() {
        return json.get();
    }

    /// The columns of the file, also those without a value in this line.
    public Header header() {
        return header;
    }

    /// How many characters its values have.
    long length() {
        return length;
    }

    /// Whether it held the word `NULL`, or a date that is none: they count as no value.
    public boolean hasEmptyWords() {
        return emptyWords;
    }

    Set<String> names() {
        return values.keySet();
    }

    long line() {
        return line;
    }

    void loadedOn(LocalDate day) {
        values.put(LOADED_ON, day.toString());
    }

    @Nullable String loadedOn() {
        return values.get(LOADED_ON);
    }

    /// The same for a name that stands in our code, of which there are few.
    private static String known(String name) {
        return KNOWN.computeIfAbsent(name, SourceRow::plain);
    }

    static String plain(String name) {
        StringBuilder plain = new StringBuilder(name.length());
        for (char letter : name.toLowerCase(Locale.ROOT).toCharArray()) {
            if (Character.isLetterOrDigit(letter)) {
                plain.append(letter);
            }
        }
        return plain.toString();
    }

    /// @param plainName a name as [#plain] answers it
    void put(String plainName, @Nullable String value) {
        if (value == null) {
            return;
        }
        String trimmed = value.strip();
        if (trimmed.equals("NULL") || trimmed.startsWith(NO_DATE)) {
            emptyWords = true;
        } else if (!trimmed.isEmpty()) {
            values.putIfAbsent(plainName, trimmed);
            length += trimmed.length();
        }
    }

    /// The first value that is there under one of several plain names.
    @Nullable String first(Iterable<String> plainNames) {
        for (String name : plainNames) {
            String value = values.get(name);
            if (value != null) {
                return value;
            }
        }
        return null;
    }

    /// The first value that is there under one of several names.
    public @Nullable String text(String... names) {
        for (String name : names) {
            String value = values.get(known(name));
            if (value != null) {
                return value;
            }
        }
        return null;
    }
}
