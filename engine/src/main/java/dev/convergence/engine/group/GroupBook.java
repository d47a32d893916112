package dev.convergence.engine.group;

import dev.convergence.engine.error.EngineException;
import dev.convergence.engine.id.GroupId;
import dev.convergence.engine.id.TenantId;
import dev.convergence.engine.sql.Database;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Finds and lists groups.
public final class GroupBook {

    private final Database database;

    public GroupBook(Database database) {
        this.database = database;
    }

    /// A tenant's group; the id of another tenant's is as unknown as one that never was.
    public GroupView find(TenantId tenant, GroupId group) {
        return database.read(handle -> GroupStore.find(handle, tenant, group))
                .orElseThrow(() -> none(group));
    }

    public static EngineException none(GroupId group) {
        return EngineException.notFound("There is no job group " + group + ".");
    }

    /// Newest first.
    ///
    /// @param before only groups made before this one, for paging; null for the first page
    public List<GroupView> list(TenantId tenant, @Nullable GroupId before, int limit) {
        return database.read(handle ->
                GroupStore.list(handle, tenant, before == null ? null : before.value(), limit));
    }
}
