package dev.convergence.service.http.audit;

import dev.convergence.api.audit.AuditAnswer;
import dev.convergence.engine.sql.Json;
import dev.convergence.engine.trail.Ending;
import dev.convergence.engine.trail.Entry;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The audit log's words on the wire.
final class AuditWords {

    private AuditWords() {}

    static AuditAnswer answer(Entry entry) {
        Ending.Outcome outcome = entry.outcome();
        return new AuditAnswer(
                entry.id(),
                entry.tenant(),
                entry.tenant(),
                entry.actor(),
                entry.userId(),
                entry.action(),
                entry.resource(),
                entry.resourceId(),
                entry.method(),
                entry.path(),
                entry.requestId(),
                outcome == null ? "UNKNOWN" : outcome.name(),
                entry.status(),
                entry.errorCode(),
                document(entry.before()),
                document(entry.after()),
                entry.at());
    }

    private static @Nullable Map<String, Object> document(@Nullable String json) {
        return json == null ? null : Json.object(json);
    }
}
