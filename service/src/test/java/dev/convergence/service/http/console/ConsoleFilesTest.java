package dev.convergence.service.http.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// The console as files: small, whole, and nothing in it that a strict policy keeps out.
class ConsoleFilesTest {

    private static final Path FOLDER = Path.of("src/main/resources/console");
    private static final int FIRST_LOAD_MAX = 200_000;
    private static final Pattern IMPORT = Pattern.compile("from '(\\.[^']+)'");

    /// Where text could become markup or a program.
    private static final Pattern UNSAFE =
            Pattern.compile(
                    "innerHTML|outerHTML|insertAdjacentHTML|dangerouslySetInnerHTML|document\\.write"
                            + "|\\beval\\(|new Function|DOMParser|srcdoc");

    private static final Pattern INLINE =
            Pattern.compile("<script(?![^>]*src=)|<style|\\bon\\w+=|style=|https?://");

    @Test
    void a_first_visit_loads_less_than_200_kilobytes() {
        int bytes = ConsoleFiles.load().packedBytes();
        assertThat(bytes).isBetween(20_000, FIRST_LOAD_MAX);
    }

    @Test
    void every_import_leads_to_a_file_that_is_served() {
        ConsoleFiles files = ConsoleFiles.load();
        assertThat(files.find("lib/preact.js")).isPresent();
        assertThat(files.find("lib/preact-hooks.js")).isPresent();
        for (Path module : modules()) {
            IMPORT.matcher(read(module))
                    .results()
                    .map(found -> module.resolveSibling(found.group(1)).normalize())
                    .map(target -> FOLDER.relativize(target).toString())
                    .forEach(target ->
                            assertThat(files.find(target)).as(module + " " + target).isPresent());
        }
    }

    @Test
    void no_module_makes_markup_of_text() {
        assertThat(modules()).hasSizeGreaterThan(30);
        assertThat(modules()).noneMatch(module -> UNSAFE.matcher(read(module)).find());
    }

    @Test
    void the_page_has_nothing_inline_and_nothing_from_elsewhere() {
        assertThat(read(FOLDER.resolve("index.html"))).doesNotContainPattern(INLINE);
        assertThat(read(FOLDER.resolve("console.css"))).doesNotContain("url(", "@import");
    }

    private static List<Path> modules() {
        try (Stream<Path> files = Files.walk(FOLDER)) {
            return files.filter(file -> file.toString().endsWith(".js")).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
