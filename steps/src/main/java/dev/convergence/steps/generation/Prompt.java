package dev.convergence.steps.generation;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// A text with places to fill, from a file whose name has its version.
///
/// A changed wording is a new version, because runs say which one they used.
record Prompt(String version, String text) {

    private static final Pattern PLACE = Pattern.compile("\\{\\{([a-z_]+)}}");

    /// @param version such as `story.v1`
    static Prompt load(String version) {
        String file = "prompts/" + version + ".txt";
        try (InputStream in = Prompt.class.getResourceAsStream(file)) {
            if (in == null) {
                throw new IllegalStateException("The prompt " + file + " is not there.");
            }
            String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            return new Prompt(version, text.strip());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Set<String> places() {
        return PLACE.matcher(text)
                .results()
                .map(place -> place.group(1))
                .collect(Collectors.toSet());
    }

    /// Fills every place, once: what is filled in is not looked at again, so a topic cannot ask for
    /// another value.
    ///
    /// @throws IllegalStateException when the values are not exactly those that the text wants
    String fill(Map<String, String> values) {
        if (!values.keySet().equals(places())) {
            throw new IllegalStateException(
                    "The prompt " + version + " wants " + places() + ", not " + values.keySet());
        }
        return PLACE.matcher(text)
                .replaceAll(
                        place -> Matcher.quoteReplacement(values.getOrDefault(place.group(1), "")));
    }
}
