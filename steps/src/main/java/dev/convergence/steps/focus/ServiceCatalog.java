package dev.convergence.steps.focus;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;

/// Which category and subcategory of FOCUS a provider's services belong to: an own, small table.
/// What is not in it is `Other`.
final class ServiceCatalog {

    private static final String FILE = "/focus/services.txt";

    private static final List<Entry> ENTRIES = read();

    private ServiceCatalog() {}

    static Place of(String provider, String service) {
        return ENTRIES.stream()
                .filter(entry -> entry.provider.equals(provider))
                .filter(entry -> entry.pattern.matcher(service).find())
                .findFirst()
                .map(Entry::place)
                .orElse(Place.OTHER);
    }

    static List<Place> places() {
        return ENTRIES.stream().map(Entry::place).distinct().toList();
    }

    private static List<Entry> read() {
        try (InputStream file =
                Objects.requireNonNull(ServiceCatalog.class.getResourceAsStream(FILE), FILE)) {
            return new String(file.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .map(Entry::of)
                    .toList();
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    /// A category of services, and the part of it.
    record Place(String category, String subcategory) {

        static final Place OTHER = new Place("Other", "Other (Other)");
    }

    private record Entry(String provider, Pattern pattern, Place place) {

        /// The provider, the alternatives of a pattern, category and subcategory, with bars
        /// between.
        static Entry of(String line) {
            List<String> parts = List.of(line.split("\\|"));
            String pattern = String.join("|", parts.subList(1, parts.size() - 2));
            return new Entry(
                    parts.getFirst(),
                    Pattern.compile(pattern, Pattern.CASE_INSENSITIVE),
                    new Place(parts.get(parts.size() - 2), parts.getLast()));
        }
    }
}
