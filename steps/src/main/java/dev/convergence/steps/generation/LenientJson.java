package dev.convergence.steps.generation;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.core.json.JsonReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Reads the JSON object that is somewhere in what a model wrote: the whole text, a fenced block,
/// or from a brace on.
///
/// Small mistakes that models make are forgiven: commas too many, single quotation marks, names
/// without any, comments, line breaks inside a text.
final class LenientJson {

    /// So many braces are tried; a text with more is no card.
    private static final int TRIES_MAX = 20;

    private static final Pattern FENCED =
            Pattern.compile("```[A-Za-z0-9]*\\s*\\n(.*?)```", Pattern.DOTALL);

    private static final JsonMapper JSON =
            JsonMapper.builder()
                    .enable(
                            JsonReadFeature.ALLOW_TRAILING_COMMA,
                            JsonReadFeature.ALLOW_SINGLE_QUOTES,
                            JsonReadFeature.ALLOW_UNQUOTED_PROPERTY_NAMES,
                            JsonReadFeature.ALLOW_JAVA_COMMENTS,
                            JsonReadFeature.ALLOW_UNESCAPED_CONTROL_CHARS,
                            JsonReadFeature.ALLOW_BACKSLASH_ESCAPING_ANY_CHARACTER,
                            JsonReadFeature.ALLOW_MISSING_VALUES,
                            JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
                    .disable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                    .build();

    private LenientJson() {}

    /// The first object from which something can be read.
    static <T> Optional<T> find(String text, Function<JsonNode, Optional<T>> reader) {
        return candidates(text).stream()
                .map(LenientJson::object)
                .flatMap(Optional::stream)
                .map(reader)
                .flatMap(Optional::stream)
                .findFirst();
    }

    private static List<String> candidates(String text) {
        List<String> candidates = new ArrayList<>();
        candidates.add(text);
        Matcher fenced = FENCED.matcher(text);
        while (fenced.find() && candidates.size() <= TRIES_MAX) {
            candidates.add(fenced.group(1));
        }
        int brace = text.indexOf('{');
        for (int tries = 0; brace >= 0 && tries < TRIES_MAX; tries++) {
            candidates.add(text.substring(brace));
            brace = text.indexOf('{', brace + 1);
        }
        return candidates;
    }

    private static Optional<JsonNode> object(String text) {
        try {
            return Optional.ofNullable(JSON.readTree(text)).filter(JsonNode::isObject);
        } catch (JacksonException noJson) {
            return Optional.empty();
        }
    }
}
