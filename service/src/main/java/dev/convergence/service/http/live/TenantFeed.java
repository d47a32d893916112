package dev.convergence.service.http.live;

import dev.convergence.api.live.QueueEvent;
import dev.convergence.engine.Rooms;
import dev.convergence.engine.id.TenantId;
import dev.convergence.engine.job.JobView;
import dev.convergence.engine.run.Pulse;
import dev.convergence.engine.run.RunFilter;
import dev.convergence.engine.run.RunView;
import dev.convergence.service.http.job.JobWords;
import dev.convergence.service.http.pipeline.RunWords;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// A tenant's queue, its newest runs and jobs, and all that run.
///
/// An event's id is a time. A client that was cut off is told what has changed since; where more
/// may have changed than is looked at, it is told to read its lists anew.
final class TenantFeed extends Feed {

    static final int NEWEST = 100;

    private static final String QUEUE = "queue";

    /// Some changes, such as a wish to cancel, do not show in the pulse.
    private static final Duration LONGEST_UNSEEN = Duration.ofSeconds(2);

    /// Whoever was away for longer may have missed something that is no longer among the newest.
    private static final Duration LONGEST_AWAY = Duration.ofMinutes(1);

    /// Clocks of nodes, and the time between a change and its commit.
    private static final Duration SLACK = Duration.ofSeconds(5);

    private final TenantId tenant;
    private final Rooms engine;
    private @Nullable Pulse last;
    private Instant seenAt = Instant.EPOCH;
    private Map<String, Seen> seen = Map.of();

    /// @param changedAt when the client may have heard of it first
    private record Seen(String name, Object value, Supplier<Object> data, Instant changedAt) {}

    TenantFeed(TenantId tenant, Rooms engine) {
        super(tenant.value());
        this.tenant = tenant;
        this.engine = engine;
    }

    TenantId tenant() {
        return tenant;
    }

    void look(Pulse pulse, Instant now) {
        boolean isQuiet = pulse.equals(last) && !(pulse.isLive() && isStale(now));
        if (!isQuiet || seenAt.equals(Instant.EPOCH)) {
            seen = newest();
            seenAt = now;
            last = pulse;
        }
        for (Watcher watcher : watchers()) {
            tell(watcher, pulse, now);
        }
    }

    private boolean isStale(Instant now) {
        return Duration.between(seenAt, now).compareTo(LONGEST_UNSEEN) >= 0;
    }

    private void tell(Watcher watcher, Pulse pulse, Instant now) {
        Instant since = Instant.ofEpochMilli(watcher.position);
        boolean isFresh = watcher.isFresh;
        watcher.isFresh = false;
        watcher.position = now.toEpochMilli();
        if (isFresh && since.isBefore(now.minus(LONGEST_AWAY))) {
            watcher.send("reset", Map.of("reason", "You were away for long: read the lists anew."));
        }
        seen.forEach((subject, one) -> {
            if (isFresh && one.changedAt().isBefore(since.minus(SLACK))) {
                watcher.skip(subject, one.value());
            } else {
                watcher.tell(subject, one.name(), one.value(), one.data());
            }
        });
        watcher.forget(subject -> !subject.equals(QUEUE) && !seen.containsKey(subject));
        // By the pulse, not by its numbers: what came and went between two looks leaves them as
        // they
        // were, but whoever read a list meanwhile has to read it again.
        watcher.tell(QUEUE, QUEUE, pulse, () -> queue(pulse));
    }

    private static QueueEvent queue(Pulse pulse) {
        return new QueueEvent(
                pulse.waiting(), pulse.pausing(), pulse.running(), pulse.limit(), pulse.oldest());
    }

    private Map<String, Seen> newest() {
        Map<String, Seen> found = new LinkedHashMap<>();
        for (RunFilter filter : List.of(filter(null), filter("RUNNING"))) {
            engine.runs().list(filter).forEach(run -> found.put("run " + run.job(), seen(run)));
        }
        engine.jobBook().newest(tenant, NEWEST).stream()
                .filter(job -> !found.containsKey("run " + job.id()))
                .forEach(job -> found.put("job " + job.id(), seen(job)));
        return found;
    }

    private RunFilter filter(@Nullable String state) {
        return new RunFilter(tenant, null, null, state, false, null, null, null, NEWEST, 0);
    }

    private static Seen seen(RunView run) {
        return new Seen(
                "run",
                run,
                () -> RunWords.run(run),
                latest(run.createdAt(), run.startedAt(), run.finishedAt()));
    }

    private static Seen seen(JobView job) {
        return new Seen(
                "job",
                job,
                () -> JobWords.job(job),
                latest(job.createdAt(), job.startedAt(), job.finishedAt()));
    }

    private static Instant latest(
            Instant created, @Nullable Instant started, @Nullable Instant finished) {
        return Objects.requireNonNullElse(finished, Objects.requireNonNullElse(started, created));
    }
}
