package dev.convergence.engine.notification;

import dev.convergence.engine.id.JobId;
import dev.convergence.engine.id.TenantId;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Something that happened, as it is told to people.
///
/// @param fact names it: the same fact is told to a channel once
/// @param about what a cool-down keeps apart: a pipeline, a config, a key
/// @param job whose run it tells of; null for something else
/// @param data what the texts are made of, by the names that templates use
public record Notice(
        TenantId tenant,
        NoticeEvent event,
        Severity severity,
        String fact,
        String about,
        @Nullable JobId job,
        @Nullable String pipelineId,
        boolean willRetry,
        Instant happenedAt,
        Map<String, @Nullable Object> data) {

    public Notice {
        data = Collections.unmodifiableMap(new LinkedHashMap<>(data));
    }

    /// The provider of the pipeline, in upper case; empty for something else.
    String provider() {
        return data.get("provider") instanceof String provider ? provider : "";
    }

    Notice with(Severity other) {
        return new Notice(
                tenant, event, other, fact, about, job, pipelineId, willRetry, happenedAt, data);
    }
}
