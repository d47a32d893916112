package dev.convergence.engine.recovery;

import dev.convergence.engine.event.Outbox;
import dev.convergence.engine.event.Outbox.Fact;
import dev.convergence.engine.id.TenantId;
import dev.convergence.engine.loop.Duty;
import dev.convergence.engine.run.RunRecords;
import dev.convergence.engine.sql.Database;
import dev.convergence.engine.warehouse.Warehouse;
import java.time.Instant;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Copies the records of ended runs into the tenants' own data sets, so that a tenant can query
/// them.
///
/// At least once: the outbox rows go when the copy is written, and the same record twice leaves
/// one.
public final class RunRecordCopier implements Duty {

    private static final Logger LOG = LoggerFactory.getLogger(RunRecordCopier.class);

    private final Database database;
    private final RunRecords records;
    private final Warehouse warehouse;

    public RunRecordCopier(Database database, RunRecords records, Warehouse warehouse) {
        this.database = database;
        this.records = records;
        this.warehouse = warehouse;
    }

    @Override
    public boolean runOnce(Instant now) {
        List<TenantId> tenants =
                database.read(handle -> Outbox.tenantsDue(handle, Outbox.RUN_RECORD, now));
        for (TenantId tenant : tenants) {
            try {
                copy(tenant);
            } catch (RuntimeException busy) {
                LOG.warn(
                        "Run records of {} could not be copied and will be tried again",
                        tenant,
                        busy);
            }
        }
        return false;
    }

    /// Copies what is waiting for one tenant, because somebody is about to look.
    public void copy(TenantId tenant) {
        database.transact(handle -> {
            List<Fact> facts = Outbox.lock(handle, Outbox.RUN_RECORD, tenant);
            if (!facts.isEmpty() && warehouse.exists(tenant)) {
                warehouse.recordRuns(
                        tenant, records.of(handle, tenant, facts.stream().map(Fact::job).toList()));
            }
            Outbox.delivered(handle, facts);
        });
    }
}
