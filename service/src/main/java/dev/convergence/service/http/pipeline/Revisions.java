package dev.convergence.service.http.pipeline;

import dev.convergence.api.pipeline.RevisionAnswer;
import dev.convergence.api.pipeline.RevisionAnswer.Change;
import dev.convergence.engine.id.TenantId;
import dev.convergence.engine.sql.Json;
import dev.convergence.engine.trail.Entry;
import dev.convergence.engine.trail.Thing;
import dev.convergence.engine.trail.Trail;
import dev.convergence.service.http.Cursor;
import dev.convergence.service.http.Page;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// What pipeline configs were, read off the audit log, which has every change with before and
/// after.
public final class Revisions {

    private static final String LIST = "revisions";

    /// The nouns of the two spellings of a config's routes.
    private static final Set<String> RESOURCES = Set.of("pipeline-configs", "pipelines");

    private static final Set<String> ACTIONS =
            RESOURCES.stream()
                    .flatMap(noun ->
                            Set.of(
                                            "create",
                                            "configure",
                                            "change",
                                            "replace",
                                            "pause",
                                            "resume",
                                            "activate")
                                    .stream()
                                    .map(verb -> noun + "." + verb))
                    .collect(Collectors.toUnmodifiableSet());

    /// What people set; all else of a config follows from it or from its runs.
    private static final List<String> FIELDS =
            List.of(
                    "pipeline_name",
                    "description",
                    "provider",
                    "domain",
                    "pipeline_template",
                    "schedule_cron",
                    "timezone",
                    "is_active",
                    "parameters",
                    "priority",
                    "retry_config",
                    "notification_emails",
                    "schedule_policy");

    private final Trail trail;

    public Revisions(Trail trail) {
        this.trail = trail;
    }

    /// Newest first.
    Page<RevisionAnswer> list(
            TenantId tenant, UUID config, @Nullable String limitText, @Nullable String cursorText) {
        int limit = Page.limit(limitText);
        Cursor cursor = Cursor.decode(cursorText, LIST, 1);
        UUID before = cursor == null ? null : cursor.uuid(0);
        Thing thing = new Thing(tenant, RESOURCES, config.toString(), ACTIONS);
        List<RevisionAnswer> found =
                trail.history(thing, before, limit + 1).stream()
                        .map(entry -> answer(tenant, config, entry))
                        .toList();
        return Page.of(LIST, found, limit, last -> Cursor.encode(LIST, last.revisionId()));
    }

    private static RevisionAnswer answer(TenantId tenant, UUID config, Entry entry) {
        Map<String, @Nullable Object> before = fields(entry.before());
        Map<String, @Nullable Object> after = fields(entry.after());
        return new RevisionAnswer(
                entry.id().toString(),
                config.toString(),
                tenant.value(),
                tenant.value(),
                entry.action(),
                entry.actor(),
                entry.userId(),
                entry.requestId(),
                after == null ? List.of() : changes(before, after),
                after,
                entry.at());
    }

    /// Null for what the log has not kept.
    private static @Nullable Map<String, @Nullable Object> fields(@Nullable String document) {
        Map<String, Object> known = document == null ? Map.of() : Json.object(document);
        if (!known.containsKey("config_id")) {
            return null;
        }
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        FIELDS.forEach(field -> fields.put(field, known.get(field)));
        return fields;
    }

    private static List<Change> changes(
            @Nullable Map<String, @Nullable Object> before, Map<String, @Nullable Object> after) {
        Map<String, @Nullable Object> old = before == null ? Map.of() : before;
        return FIELDS.stream()
                .filter(field -> !Objects.equals(old.get(field), after.get(field)))
                .map(field -> new Change(field, old.get(field), after.get(field)))
                .toList();
    }
}
