package dev.convergence.engine.template;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Fills `{name}` and `${name}` in texts, lists and maps; unknown names stay as written.
///
/// A filled value is never looked at again, so a value with braces cannot pull in another one.
public final class Placeholders {

    private static final Pattern PLACEHOLDER = Pattern.compile("\\$?\\{([a-zA-Z0-9_]+)}");

    private final Map<String, ? extends @Nullable Object> values;

    public Placeholders(Map<String, ? extends @Nullable Object> values) {
        this.values = values;
    }

    /// A text that is exactly one placeholder becomes the value itself, with its type.
    public @Nullable Object fill(@Nullable Object template) {
        return switch (template) {
            case String text -> whole(text);
            case Map<?, ?> map -> fillMap(map);
            case List<?> list -> fillList(list);
            case null, default -> template;
        };
    }

    public Map<String, @Nullable Object> fillMap(Map<?, ?> template) {
        Map<String, @Nullable Object> filled = new LinkedHashMap<>();
        template.forEach((key, value) -> filled.put(String.valueOf(key), fill(value)));
        return filled;
    }

    public String fillText(String template) {
        Matcher matcher = PLACEHOLDER.matcher(template);
        return matcher.replaceAll(match -> Matcher.quoteReplacement(valueOr(match.group())));
    }

    /// The names of the placeholders in a value, in the order in which they stand.
    public static Set<String> names(@Nullable Object template) {
        Set<String> names = new LinkedHashSet<>();
        collect(template, names);
        return names;
    }

    private static void collect(@Nullable Object template, Set<String> names) {
        switch (template) {
            case String text ->
                    PLACEHOLDER.matcher(text).results().forEach(m -> names.add(m.group(1)));
            case Map<?, ?> map -> map.values().forEach(value -> collect(value, names));
            case List<?> list -> list.forEach(value -> collect(value, names));
            case null, default -> {}
        }
    }

    private List<@Nullable Object> fillList(List<?> template) {
        List<@Nullable Object> filled = new ArrayList<>();
        template.forEach(item -> filled.add(fill(item)));
        return filled;
    }

    private @Nullable Object whole(String text) {
        Matcher matcher = PLACEHOLDER.matcher(text);
        if (matcher.matches() && values.get(matcher.group(1)) != null) {
            return values.get(matcher.group(1));
        }
        return fillText(text);
    }

    private String valueOr(String placeholder) {
        Object value = values.get(name(placeholder));
        return value == null ? placeholder : value.toString();
    }

    private static String name(String placeholder) {
        return placeholder.substring(placeholder.indexOf('{') + 1, placeholder.length() - 1);
    }
}
