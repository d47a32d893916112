package dev.convergence.cli;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// A server and who one is there, under a name.
@JsonInclude(JsonInclude.Include.NON_NULL)
record Context(
        @Nullable String server,
        @Nullable String tenant,
        @JsonProperty("api_key") @Nullable String apiKey,
        @JsonProperty("admin_key") @Nullable String adminKey) {

    static final Context EMPTY = new Context(null, null, null, null);

    static Context of(JsonNode context) {
        return new Context(
                text(context, "server"),
                text(context, "tenant"),
                text(context, "api_key"),
                text(context, "admin_key"));
    }

    static @Nullable String text(JsonNode of, String field) {
        JsonNode value = of.path(field);
        return value.isValueNode() && !value.isNull() ? value.asString() : null;
    }

    @Nullable String key(Key.Kind kind) {
        return kind == Key.Kind.TENANT ? apiKey : adminKey;
    }

    /// This one with what is given, the rest as it was.
    Context with(Context changes) {
        return new Context(
                or(changes.server, server),
                or(changes.tenant, tenant),
                or(changes.apiKey, apiKey),
                or(changes.adminKey, adminKey));
    }

    Context masked() {
        return new Context(server, tenant, mask(apiKey), mask(adminKey));
    }

    private static @Nullable String or(@Nullable String first, @Nullable String second) {
        return first == null ? second : first;
    }

    private static @Nullable String mask(@Nullable String key) {
        return key == null ? null : Key.masked(key);
    }
}
