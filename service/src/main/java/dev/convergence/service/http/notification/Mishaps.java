package dev.convergence.service.http.notification;

import dev.convergence.engine.error.ErrorCode;
import dev.convergence.engine.id.TenantId;
import dev.convergence.engine.id.TimeOrderedId;
import dev.convergence.engine.loop.Duty;
import dev.convergence.engine.notification.NoticeEvent;
import dev.convergence.engine.notification.Notices;
import dev.convergence.engine.notification.Notices.News;
import dev.convergence.engine.sql.Database;
import dev.convergence.service.http.Caller;
import dev.convergence.service.http.Callers;
import dev.convergence.service.http.RequestId;
import dev.convergence.service.http.problem.Refusal;
import dev.convergence.service.http.problem.Witness;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// Counts what tenants' requests meet and nothing else writes down: limits of how often they may
/// come, and faults of ours.
///
/// In memory, and noted now and then: a client gone wild must not write a row for each request that
/// is refused. A node that dies takes along what it had counted since.
public final class Mishaps implements Witness, Duty {

    private static final int REQUEST_CHARACTERS_MAX = 200;

    private final Database database;
    private final InstantSource clock;
    private final Map<Kind, Count> counts = new ConcurrentHashMap<>();

    public Mishaps(Database database, InstantSource clock) {
        this.database = database;
        this.clock = clock;
    }

    private record Kind(TenantId tenant, NoticeEvent event) {}

    /// @param request the last one, as method and path
    private record Count(int count, Instant since, String requestId, String request, String error) {

        Count before(Count later) {
            return new Count(
                    count + later.count, since, later.requestId, later.request, later.error);
        }
    }

    @Override
    public void saw(HttpServletRequest request, Refusal refusal) {
        NoticeEvent event = event(refusal);
        if (event != null && Callers.of(request) instanceof Caller.Tenant caller) {
            Count one =
                    new Count(
                            1,
                            clock.instant(),
                            RequestId.of(request),
                            words(request),
                            refusal.detail());
            counts.merge(new Kind(caller.tenant(), event), one, Count::before);
        }
    }

    private static @Nullable NoticeEvent event(Refusal refusal) {
        if (refusal.code().equals(ErrorCode.RATE_LIMIT_EXCEEDED.name())) {
            return NoticeEvent.RATE_LIMIT_EXCEEDED;
        }
        return refusal.code().equals(ErrorCode.INTERNAL_ERROR.name())
                ? NoticeEvent.SYSTEM_ERROR
                : null;
    }

    private static String words(HttpServletRequest request) {
        String words = request.getMethod() + " " + request.getRequestURI();
        return words.substring(0, Math.min(words.length(), REQUEST_CHARACTERS_MAX));
    }

    @Override
    public boolean runOnce(Instant now) {
        List<News> news = new ArrayList<>();
        for (Kind kind : List.copyOf(counts.keySet())) {
            Count count = counts.remove(kind);
            if (count != null) {
                news.add(news(kind, count, now));
            }
        }
        if (!news.isEmpty()) {
            database.transact(handle -> Notices.append(handle, news, now));
        }
        return false;
    }

    private static News news(Kind kind, Count count, Instant now) {
        return new News(
                kind.tenant(),
                kind.event(),
                "requests:" + TimeOrderedId.next(now),
                "requests",
                Map.of(
                        "what", "requests of " + kind.tenant(),
                        "count", count.count(),
                        "since", count.since().toString(),
                        "request_id", count.requestId(),
                        "request", count.request(),
                        "error", count.error()));
    }
}
