package dev.convergence.engine.group;

import dev.convergence.engine.id.GroupId;
import dev.convergence.engine.id.TenantId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// How a row of the table `job_group` is read.
public final class GroupRows {

    public static final String COLUMNS =
            """
            g.group_id, g.tenant_id, g.name, g.mode, g.on_failure, g.priority, g.created_by,
            g.cancel_requested_at, g.status, g.finished_at
            """;

    private GroupRows() {}

    public static JobGroup group(ResultSet row) throws SQLException {
        String end = row.getString("status");
        return new JobGroup(
                new GroupId(row.getObject("group_id", UUID.class)),
                new TenantId(row.getString("tenant_id")),
                row.getString("name"),
                GroupMode.valueOf(row.getString("mode")),
                OnFailure.valueOf(row.getString("on_failure")),
                row.getInt("priority"),
                row.getString("created_by"),
                instant(row, "cancel_requested_at"),
                end == null ? null : GroupStatus.valueOf(end),
                instant(row, "finished_at"));
    }

    static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
        return time == null ? null : time.toInstant();
    }
}
