package dev.convergence.service.http.live;

import dev.convergence.engine.id.TenantId;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

/// What several clients of this node watch together, so that it is read once for all.
abstract sealed class Feed permits BackfillFeed, NodesFeed, RunFeed, TenantFeed {

    private final String owner;
    private final List<Watcher> watchers = new CopyOnWriteArrayList<>();

    /// @param owner whose it is: a tenant, or nobody's in particular
    Feed(String owner) {
        this.owner = owner;
    }

    boolean isOf(TenantId tenant) {
        return owner.equals(tenant.value());
    }

    List<Watcher> watchers() {
        return watchers;
    }

    void join(Watcher watcher) {
        watchers.add(watcher);
    }

    void leave(Watcher watcher) {
        watchers.remove(watcher);
    }

    void end() {
        watchers.forEach(Watcher::end);
    }

    /// Nothing more will come: says so, and lets this client go.
    void finish(Watcher watcher) {
        watcher.send("end", Map.of("state", "ENDED"));
        watcher.end();
        leave(watcher);
    }

    @Override
    public String toString() {
        return getClass().getSimpleName() + " of " + owner;
    }
}
