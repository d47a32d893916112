package dev.convergence.service;

import static java.util.function.Predicate.not;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// What no compiler looks at, in all modules of the project.
class TidyTest {

    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    private static final int LINES_MAX = 400;

    private static final Pattern ASKS_THE_CLOCK =
            Pattern.compile(
                    "\\b(Instant|LocalDate|LocalDateTime|OffsetDateTime|ZonedDateTime)\\.now\\("
                            + "|currentTimeMillis\\(|\\bClock\\.system");

    private static final Pattern SLEEPS =
            Pattern.compile("Thread\\.sleep\\(|(SECONDS|MINUTES)\\.sleep\\(");

    /// Two that wait for others who cannot wake them: a database that is away, and another process
    /// that holds a file.
    private static final Set<String> MAY_SLEEP = Set.of("Settler.java", "FileLockRetry.java");

    private static List<Path> sources = List.of();

    @BeforeAll
    static void find() throws IOException {
        try (Stream<Path> files = Files.walk(ROOT)) {
            sources =
                    files.filter(file -> file.toString().endsWith(".java"))
                            .filter(file -> ROOT.relativize(file).toString().contains("src/"))
                            .filter(file -> !ROOT.relativize(file).toString().contains("target/"))
                            .toList();
        }
        assertThat(sources).hasSizeGreaterThan(100);
    }

    @Test
    void nobody_asks_the_clock_but_the_wiring() {
        assertThat(those(in("/wiring/").negate(), ASKS_THE_CLOCK)).isEmpty();
    }

    @Test
    void nobody_sleeps() {
        Predicate<Path> bound = file -> !MAY_SLEEP.contains(file.getFileName().toString());
        assertThat(those(bound, SLEEPS)).isEmpty();
    }

    @Test
    void every_package_says_where_null_may_be_and_what_it_is_for() {
        List<Path> unsaid =
                sources.stream()
                        .map(file -> file.resolveSibling("package-info.java"))
                        .distinct()
                        .filter(not(TidyTest::isWhole))
                        .toList();
        assertThat(unsaid).isEmpty();
    }

    /// A package that has tests only has nobody else who could say it.
    private static boolean isWhole(Path packageInfo) {
        Path ofMain = Path.of(packageInfo.toString().replace("/src/test/", "/src/main/"));
        if (!packageInfo.equals(ofMain) && Files.exists(ofMain)) {
            return isWhole(ofMain);
        }
        String text = Files.exists(packageInfo) ? read(packageInfo) : "";
        return text.startsWith("/// ") && text.contains("@NullMarked");
    }

    @Test
    void no_file_is_too_long_to_be_read() {
        assertThat(sources).allMatch(file -> read(file).lines().count() <= LINES_MAX);
    }

    private static Predicate<Path> in(String folder) {
        return file -> file.toString().contains(folder);
    }

    private static List<Path> those(Predicate<Path> files, Pattern text) {
        return sources.stream()
                .filter(files)
                .filter(file -> !file.endsWith("TidyTest.java"))
                .filter(file -> text.matcher(read(file)).find())
                .map(ROOT::relativize)
                .toList();
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
