package dev.convergence.service.http.job;

import dev.convergence.engine.error.EngineException;
import dev.convergence.engine.id.GroupId;
import dev.convergence.engine.id.JobId;
import dev.convergence.engine.id.TenantId;
import dev.convergence.engine.job.JobFilter;
import dev.convergence.engine.run.JobRunFilter;
import dev.convergence.service.http.Cursor;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The filters of lists of jobs and runs.
final class JobQuery {

    private static final List<String> STATUSES = List.of("QUEUED", "RUNNING", "CANCELLED");
    private static final List<String> STATES =
            List.of("QUEUED", "RUNNING", "COMPLETED", "FAILED", "SKIPPED", "CANCELLED");
    private static final List<String> RUN_STATUSES =
            List.of("RUNNING", "COMPLETED", "FAILED", "SKIPPED");

    private JobQuery() {}

    static JobFilter jobs(
            TenantId tenant, Map<String, String> query, @Nullable Cursor cursor, int limit) {
        String group = query.get("group_id");
        return new JobFilter(
                tenant,
                word("status", query.get("status"), STATUSES),
                word("state", query.get("state"), STATES),
                type(query),
                group == null ? null : new GroupId(Ids.uuid("group_id", group)),
                time("since", query.get("since")),
                time("until", query.get("until")),
                cursor == null ? null : JobId.of(cursor.uuid(0)),
                limit);
    }

    static JobRunFilter runs(
            TenantId tenant, Map<String, String> query, @Nullable Cursor cursor, int limit) {
        String group = query.get("group_id");
        String job = query.get("job_id");
        return new JobRunFilter(
                tenant,
                word("status", query.get("status"), RUN_STATUSES),
                type(query),
                group == null ? null : new GroupId(Ids.uuid("group_id", group)),
                job == null ? null : JobId.of(Ids.uuid("job_id", job)),
                cursor == null ? null : JobId.of(cursor.uuid(0)),
                limit);
    }

    private static @Nullable String type(Map<String, String> query) {
        String type = query.getOrDefault("type", query.get("job_type"));
        return type == null ? null : type.strip().toLowerCase(Locale.ROOT);
    }

    private static @Nullable String word(String field, @Nullable String given, List<String> words) {
        if (given == null || given.isBlank()) {
            return null;
        }
        String word = given.strip().toUpperCase(Locale.ROOT);
        if (!words.contains(word)) {
            throw EngineException.invalidField(field, "UNKNOWN_VALUE", "is one of " + words + ".");
        }
        return word;
    }

    private static @Nullable Instant time(String field, @Nullable String text) {
        try {
            return text == null ? null : OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeException wrong) {
            throw EngineException.invalidField(
                    field, "INVALID_TIME", "is a time such as 2026-11-22T12:00:00Z.");
        }
    }
}
