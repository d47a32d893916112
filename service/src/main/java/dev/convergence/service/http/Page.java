package dev.convergence.service.http;

import com.fasterxml.jackson.annotation.JsonAnyGetter;
import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.convergence.engine.error.EngineException;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// One page of a list: the items under their plural noun, and the cursor of the next page or null.
public final class Page<T> {

    public static final int LIMIT_MAX = 200;
    public static final int LIMIT_DEFAULT = 50;

    private final String plural;
    private final List<T> items;
    private final @Nullable String nextCursor;

    private Page(String plural, List<T> items, @Nullable String nextCursor) {
        this.plural = plural;
        this.items = List.copyOf(items);
        this.nextCursor = nextCursor;
    }

    /// @param found up to one more than the limit: the surplus one says that there is a next page
    /// @param cursor makes the cursor that goes on after an item
    public static <T> Page<T> of(
            String plural, List<T> found, int limit, Function<T, String> cursor) {
        if (found.size() <= limit) {
            return new Page<>(plural, found, null);
        }
        List<T> shown = found.subList(0, limit);
        return new Page<>(plural, shown, cursor.apply(shown.getLast()));
    }

    /// The same page of what the items stand for.
    public <R> Page<R> map(Function<T, R> item) {
        return new Page<>(plural, items.stream().map(item).toList(), nextCursor);
    }

    /// Reads `limit`: 1 to 200.
    public static int limit(@Nullable String text) {
        return limit(text, LIMIT_DEFAULT, LIMIT_MAX);
    }

    public static int limit(@Nullable String text, int otherwise, int max) {
        return limit("limit", text, otherwise, max);
    }

    /// @param field the name under which the caller gave it
    public static int limit(String field, @Nullable String text, int otherwise, int max) {
        if (text == null) {
            return otherwise;
        }
        int limit = number(text);
        if (limit < 1 || limit > max) {
            throw EngineException.invalidField(
                    field, "OUT_OF_RANGE", "must be a whole number from 1 to " + max + ".");
        }
        return limit;
    }

    private static int number(String text) {
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException e) {
            return 0;
        }
    }

    @JsonIgnore
    public List<T> items() {
        return items;
    }

    @JsonAnyGetter
    public Map<String, List<T>> list() {
        return Map.of(plural, items);
    }

    @JsonProperty("next_cursor")
    @JsonInclude(JsonInclude.Include.ALWAYS)
    public @Nullable String nextCursor() {
        return nextCursor;
    }
}
