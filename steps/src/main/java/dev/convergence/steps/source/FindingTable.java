package dev.convergence.steps.source;

import static dev.convergence.steps.source.Column.computed;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The columns that findings of all clouds share, and the words in them: `findings`.
///
/// A file is a snapshot of the accounts in it, so it replaces all findings of those, unless days
/// are asked for.
final class FindingTable {

    static final LoadKey KEY = new LoadKey("parent", "event_time::DATE", "'snapshot'", null);

    static final String OPEN = "OPEN";
    static final String RESOLVED = "RESOLVED";
    static final String MUTED = "MUTED";
    static final String EXEMPT = "EXEMPT";

    /// Ids are keys of pages and of history; those of real tools have a few hundred characters.
    private static final int ID_MAX = 4_096;

    private static final Set<String> SEVERITIES = Set.of("CRITICAL", "HIGH", "MEDIUM", "LOW");

    private static final List<String> TEXTS_BEFORE =
            List.of(
                    "finding_id",
                    "parent",
                    "resource_id",
                    "resource_type",
                    "region",
                    "rule_id",
                    "rule_name",
                    "finding_class",
                    "severity",
                    "status");
    private static final List<String> TIMES = List.of("event_time", "first_seen", "last_seen");
    private static final List<String> TEXTS_BEHIND =
            List.of(
                    "description",
                    "next_steps",
                    "external_uri",
                    "compliances_json",
                    "properties_json",
                    "source",
                    "standard");

    private FindingTable() {}

    /// All columns in the table's order; what a source does not have is empty.
    static List<Column> columns(Column... given) {
        Map<String, Column> known =
                Stream.of(given).collect(Collectors.toMap(Column::name, Function.identity()));
        Stream<Column> own =
                Stream.of(
                                named(known, TEXTS_BEFORE, ColumnType.TEXT),
                                named(known, TIMES, ColumnType.TIME),
                                named(known, TEXTS_BEHIND, ColumnType.TEXT))
                        .flatMap(Function.identity());
        Column raw = computed("raw_json", ColumnType.JSON, SourceRow::json);
        return Stream.concat(own, Stream.of(raw)).toList();
    }

    private static Stream<Column> named(
            Map<String, Column> known, List<String> names, ColumnType type) {
        return names.stream()
                .map(name -> known.getOrDefault(name, computed(name, type, _ -> null)));
    }

    /// The id of a finding, under one of these names.
    static Column id(String... names) {
        return computed("finding_id", ColumnType.TEXT, row -> checked(row.text(names)))
                .from(names)
                .needed();
    }

    private static @Nullable String checked(@Nullable String id) {
        if (id != null && id.length() > ID_MAX) {
            throw new BadValue("is longer than " + ID_MAX + " characters");
        }
        return id;
    }

    static Column word(String name, Function<SourceRow, @Nullable String> reading) {
        return computed(name, ColumnType.TEXT, reading);
    }

    /// One of the words that all clouds share; UNKNOWN for any other.
    static String severity(@Nullable String text) {
        String word = text == null ? "" : text.toUpperCase(Locale.ROOT);
        return switch (word) {
            case "INFO", "INFORMATIONAL" -> "INFO";
            default -> SEVERITIES.contains(word) ? word : "UNKNOWN";
        };
    }

    static boolean is(@Nullable String text, String word) {
        return word.equalsIgnoreCase(text);
    }
}
