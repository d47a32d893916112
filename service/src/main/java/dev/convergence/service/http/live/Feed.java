package dev.convergence.service.http.live;

import dev.convergence.engine.id.TenantId;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/// What several clients of this node watch together, so that it is read once for all.
abstract sealed class Feed permits RunFeed, TenantFeed {

    private final TenantId tenant;
    private final List<Watcher> watchers = new CopyOnWriteArrayList<>();

    Feed(TenantId tenant) {
        this.tenant = tenant;
    }

    TenantId tenant() {
        return tenant;
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
}
