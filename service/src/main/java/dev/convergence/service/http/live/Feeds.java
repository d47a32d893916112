package dev.convergence.service.http.live;

import dev.convergence.engine.Rooms;
import dev.convergence.engine.error.EngineException;
import dev.convergence.engine.error.ErrorCode;
import dev.convergence.engine.id.BackfillId;
import dev.convergence.engine.id.JobId;
import dev.convergence.engine.id.TenantId;
import dev.convergence.engine.loop.Duty;
import dev.convergence.engine.run.Pulse;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// All that somebody watches on this node, each thing read once however many watch it.
///
/// What is watched is held while it has watchers; who joins and leaves holds the same lock, and the
/// looking is done outside it.
public final class Feeds implements Duty {

    static final int PER_TENANT = 20;
    static final int PER_NODE = 1_000;

    private static final Logger LOG = LoggerFactory.getLogger(Feeds.class);

    private final Rooms engine;
    private final Map<Object, Feed> feeds = new HashMap<>();
    private boolean isClosed;
    private volatile Runnable onJoin = () -> {};

    public Feeds(Rooms engine) {
        this.engine = engine;
    }

    /// Told when somebody begins to watch, so that the first look is not waited for.
    public void onJoin(Runnable listener) {
        onJoin = listener;
    }

    Watching ofTenant(TenantId tenant, long since) {
        return join(tenant, tenant, () -> new TenantFeed(tenant, engine), since);
    }

    Watching ofRun(TenantId tenant, JobId job, RunFeed.Watched watched, long line) {
        return join(
                watched.kind() + job,
                tenant,
                () -> new RunFeed(tenant, job, engine, watched),
                line);
    }

    Watching ofBackfill(TenantId tenant, BackfillId backfill, long moved) {
        return join(
                "backfill " + backfill,
                tenant,
                () -> new BackfillFeed(tenant, backfill, engine.backfills()),
                moved);
    }

    /// The installation's nodes, for operators.
    Watching ofNodes() {
        return join("nodes", null, () -> new NodesFeed(engine), 0);
    }

    /// A watcher in its feed, until it is closed.
    record Watching(Watcher watcher, Runnable leave) implements AutoCloseable {

        @Override
        public void close() {
            leave.run();
        }
    }

    private Watching join(
            Object key, @Nullable TenantId tenant, Supplier<Feed> fresh, long position) {
        Watcher watcher = new Watcher(position);
        synchronized (feeds) {
            require(tenant);
            feeds.computeIfAbsent(key, _ -> fresh.get()).join(watcher);
        }
        onJoin.run();
        return new Watching(watcher, () -> leave(key, watcher));
    }

    /// @param tenant whose streams are counted, too; null for an operator's
    private void require(@Nullable TenantId tenant) {
        if (isClosed) {
            throw new EngineException(
                    ErrorCode.SERVICE_UNAVAILABLE,
                    "This node is stopping: ask again, and another one answers.");
        }
        boolean isFull = tenant != null && watching(feed -> feed.isOf(tenant)) >= PER_TENANT;
        if (isFull || watching(_ -> true) >= PER_NODE) {
            throw new EngineException(
                    ErrorCode.RATE_LIMIT_EXCEEDED,
                    "There are %d event streams of this tenant on this node, or %d in all: close one."
                            .formatted(PER_TENANT, PER_NODE),
                    List.of(),
                    Map.of("limit", PER_TENANT, "retry_after", 5));
        }
    }

    private long watching(Predicate<Feed> wanted) {
        return feeds.values().stream()
                .filter(wanted)
                .mapToLong(feed -> feed.watchers().size())
                .sum();
    }

    private void leave(Object key, Watcher watcher) {
        synchronized (feeds) {
            feeds.computeIfPresent(
                    key,
                    (_, feed) -> {
                        feed.leave(watcher);
                        return feed.watchers().isEmpty() ? null : feed;
                    });
        }
    }

    /// Looks at everything once; a feed that cannot be read ends, and its clients come back.
    @Override
    public boolean runOnce(Instant now) {
        List<Feed> all;
        synchronized (feeds) {
            all = List.copyOf(feeds.values());
        }
        Map<TenantId, TenantFeed> tenants =
                all.stream()
                        .filter(TenantFeed.class::isInstance)
                        .map(TenantFeed.class::cast)
                        .collect(Collectors.toMap(TenantFeed::tenant, Function.identity()));
        for (Pulse pulse : engine.pulses().of(tenants.keySet())) {
            TenantFeed feed = tenants.get(pulse.tenant());
            if (feed != null) {
                guarded(feed, () -> feed.look(pulse, now));
            }
        }
        all.forEach(feed -> look(feed, now));
        return false;
    }

    /// All tenants' pulses are read at once, before.
    private static void look(Feed feed, Instant now) {
        switch (feed) {
            case TenantFeed _ -> {}
            case RunFeed run -> guarded(run, run::look);
            case BackfillFeed backfill -> guarded(backfill, backfill::look);
            case NodesFeed nodes -> guarded(nodes, () -> nodes.look(now));
        }
    }

    private static void guarded(Feed feed, Runnable look) {
        try {
            look.run();
        } catch (EngineException gone) {
            feed.end();
        } catch (RuntimeException failure) {
            LOG.warn("{} could not be read", feed, failure);
            feed.end();
        }
    }

    /// Ends all streams and takes no more.
    public void close() {
        synchronized (feeds) {
            isClosed = true;
            feeds.values().forEach(Feed::end);
        }
    }
}
