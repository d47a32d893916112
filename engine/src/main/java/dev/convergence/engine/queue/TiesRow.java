package dev.convergence.engine.queue;

import dev.convergence.engine.id.GroupId;
import dev.convergence.engine.id.ScheduleId;
import dev.convergence.engine.id.TemplateId;
import dev.convergence.engine.job.JobKind;
import dev.convergence.engine.job.RetryKind;
import dev.convergence.engine.job.Ties;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// What a job belongs to, as columns of the table `job`.
final class TiesRow {

    private TiesRow() {}

    static @Nullable String kind(Ties ties) {
        return ties.kind() == null ? null : ties.kind().name();
    }

    static @Nullable UUID group(Ties ties) {
        return ties.group() == null ? null : ties.group().value();
    }

    static @Nullable UUID template(Ties ties) {
        return ties.template() == null ? null : ties.template().value();
    }

    static @Nullable UUID schedule(Ties ties) {
        return ties.schedule() == null ? null : ties.schedule().value();
    }

    static @Nullable String retryKind(Ties ties) {
        return ties.retryKind() == null ? null : ties.retryKind().name();
    }

    /// @param first the number of the first of the six columns
    static Ties read(ResultSet row, int first) throws SQLException {
        String kind = row.getString(first);
        UUID group = row.getObject(first + 1, UUID.class);
        UUID template = row.getObject(first + 3, UUID.class);
        UUID schedule = row.getObject(first + 4, UUID.class);
        String retryKind = row.getString(first + 5);
        if (kind == null && retryKind == null && group == null) {
            return Ties.NONE;
        }
        return new Ties(
                kind == null ? null : JobKind.valueOf(kind),
                group == null ? null : new GroupId(group),
                row.getObject(first + 2, Integer.class),
                template == null ? null : new TemplateId(template),
                schedule == null ? null : new ScheduleId(schedule),
                retryKind == null ? null : RetryKind.valueOf(retryKind));
    }
}
