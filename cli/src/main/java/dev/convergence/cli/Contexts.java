package dev.convergence.cli;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// All contexts of a person, and which of them is used unless another is named.
@JsonInclude(JsonInclude.Include.NON_NULL)
record Contexts(
        @JsonProperty("current_context") @Nullable String current,
        @JsonProperty("contexts") SortedMap<String, Context> all) {

    static final Contexts NONE = new Contexts(null, new TreeMap<>());

    Contexts(@Nullable String current, @Nullable SortedMap<String, Context> all) {
        this.current = current;
        this.all = all == null ? new TreeMap<>() : new TreeMap<>(all);
    }

    /// @throws IllegalArgumentException when these are no contexts
    static Contexts of(JsonNode file) {
        if (!file.isObject()
                || !(file.path("contexts").isObject() || file.path("contexts").isMissingNode())) {
            throw new IllegalArgumentException("no contexts");
        }
        SortedMap<String, Context> all = new TreeMap<>();
        file.path("contexts").forEachEntry((name, context) -> all.put(name, Context.of(context)));
        return new Contexts(Context.text(file, "current_context"), all);
    }

    Optional<Context> find(String name) {
        return Optional.ofNullable(all.get(name));
    }

    Context named(String name) {
        return find(name)
                .orElseThrow(() ->
                        new Failure(
                                Exit.NOT_FOUND,
                                "There is no context " + name + ".",
                                all.isEmpty()
                                        ? "Make one: convergence config set-context " + name
                                        : "There are: " + String.join(", ", all.keySet()) + "."));
    }

    /// The first context that is made is the current one.
    Contexts with(String name, Context context) {
        SortedMap<String, Context> more = new TreeMap<>(all);
        more.put(name, context);
        return new Contexts(current == null ? name : current, more);
    }

    Contexts using(String name) {
        named(name);
        return new Contexts(name, all);
    }

    Contexts without(String name) {
        SortedMap<String, Context> fewer = new TreeMap<>(all);
        fewer.remove(name);
        return new Contexts(name.equals(current) ? null : current, fewer);
    }

    Contexts masked() {
        SortedMap<String, Context> masked = new TreeMap<>();
        all.forEach((name, context) -> masked.put(name, context.masked()));
        return new Contexts(current, masked);
    }
}
