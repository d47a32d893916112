package dev.convergence.engine.quota;

import dev.convergence.engine.event.EngineEvent.QuotaAlarm;
import dev.convergence.engine.event.Events;
import dev.convergence.engine.id.TenantId;
import dev.convergence.engine.loop.Duty;
import dev.convergence.engine.sql.Database;
import java.time.Instant;
import java.util.List;

/// Tells of tenants that have nearly used their quotas, and of those that were refused a run.
///
/// The usage row remembers who was told, so of many nodes one tells, whoever reserved the unit.
public final class QuotaAlarms implements Duty {

    private final Database database;
    private final Events events;

    public QuotaAlarms(Database database, Events events) {
        this.database = database;
        this.events = events;
    }

    @Override
    public boolean runOnce(Instant now) {
        List<AlarmStore.Due> due = database.inTransaction(handle -> AlarmStore.take(handle, now));
        for (AlarmStore.Due one : due) {
            if (one.isWarning()) {
                tell(one, false);
            }
            if (one.isExceeded()) {
                tell(one, true);
            }
        }
        return due.size() == AlarmStore.BATCH;
    }

    private void tell(AlarmStore.Due due, boolean isExceeded) {
        QuotaState state = due.state();
        TenantId tenant = due.tenant();
        events.publish(
                new QuotaAlarm(
                        tenant,
                        state.day(),
                        isExceeded,
                        new QuotaAlarm.Used(state.runToday(), state.dailyLimit()),
                        new QuotaAlarm.Used(state.runMonth(), state.monthlyLimit())));
    }
}
