package dev.convergence.service.docs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// The pages of the documentation, wherever the tests are started from.
final class Pages {

    private static final Path ROOT =
            Stream.iterate(Path.of("").toAbsolutePath(), Path::getParent)
                    .limit(3)
                    .filter(folder -> Files.exists(folder.resolve("docs/configuration.md")))
                    .findFirst()
                    .orElseThrow();

    private Pages() {}

    static Path root() {
        return ROOT;
    }

    static List<Path> all() {
        try (Stream<Path> docs = Files.walk(ROOT.resolve("docs"));
                Stream<Path> top = Files.list(ROOT)) {
            return Stream.concat(top, docs)
                    .filter(path -> path.toString().endsWith(".md"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static String text(String page) {
        return text(ROOT.resolve(page));
    }

    static String text(Path page) {
        try {
            return Files.readString(page);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// What a group of a pattern matches, all over a text.
    static List<String> found(String text, String pattern) {
        return matches(text, pattern).map(match -> match.group(1)).toList();
    }

    static Stream<MatchResult> matches(String text, String pattern) {
        return Pattern.compile(pattern, Pattern.MULTILINE).matcher(text).results();
    }

    /// The part of a page between a heading and the next one of the same level.
    static String section(String page, String heading) {
        String marks = heading.substring(0, heading.indexOf(' ') + 1);
        String after = ("\n" + text(page)).split("\n" + Pattern.quote(heading) + "\n", 2)[1];
        return after.split("\n" + Pattern.quote(marks), 2)[0];
    }
}
