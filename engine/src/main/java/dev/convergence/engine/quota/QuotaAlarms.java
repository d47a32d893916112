package dev.convergence.engine.quota;

import dev.convergence.engine.event.EngineEvent.QuotaAlarm;
import dev.convergence.engine.event.Events;
import dev.convergence.engine.loop.Duty;
import dev.convergence.engine.sql.Database;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jdbi.v3.core.Handle;

/// Tells of tenants that have nearly used their quotas, and of those that were refused a run.
///
/// The usage row remembers who was told, so of many nodes one tells, whoever reserved the unit.
public final class QuotaAlarms implements Duty {

    private final Database database;
    private final Events events;
    private final Note note;

    /// Writes down what is to be told outside, in the transaction that remembers it as told.
    @FunctionalInterface
    public interface Note {
        void write(Handle handle, List<QuotaAlarm> alarms, Instant now);
    }

    public QuotaAlarms(Database database, Events events, Note note) {
        this.database = database;
        this.events = events;
        this.note = note;
    }

    @Override
    public boolean runOnce(Instant now) {
        Taken taken = database.inTransaction(handle -> take(handle, now));
        taken.alarms().forEach(events::publish);
        return taken.due() == AlarmStore.BATCH;
    }

    private record Taken(int due, List<QuotaAlarm> alarms) {}

    private Taken take(Handle handle, Instant now) {
        List<AlarmStore.Due> due = AlarmStore.take(handle, now);
        List<QuotaAlarm> alarms = new ArrayList<>();
        for (AlarmStore.Due one : due) {
            if (one.isWarning()) {
                alarms.add(alarm(one, false));
            }
            if (one.isExceeded()) {
                alarms.add(alarm(one, true));
            }
        }
        note.write(handle, alarms, now);
        return new Taken(due.size(), alarms);
    }

    private static QuotaAlarm alarm(AlarmStore.Due due, boolean isExceeded) {
        QuotaState state = due.state();
        return new QuotaAlarm(
                due.tenant(),
                state.day(),
                isExceeded,
                new QuotaAlarm.Used(state.runToday(), state.dailyLimit()),
                new QuotaAlarm.Used(state.runMonth(), state.monthlyLimit()));
    }
}
