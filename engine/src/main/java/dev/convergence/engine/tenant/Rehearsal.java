package dev.convergence.engine.tenant;

import dev.convergence.engine.error.EngineException;
import dev.convergence.engine.error.FieldFaults;
import dev.convergence.engine.id.TenantId;
import dev.convergence.engine.sql.Database;
import dev.convergence.engine.subscription.Plan;
import dev.convergence.engine.template.TemplateCatalog;
import dev.convergence.engine.template.TemplatePath;
import dev.convergence.engine.tenant.DryRun.Check;
import dev.convergence.engine.warehouse.Warehouse;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Checks all that an onboarding needs, and changes nothing. A failed check is an answer, not an
/// error.
public final class Rehearsal {

    private static final TemplatePath PROBE = new TemplatePath("system", "diagnostics", "probe");

    private final Database database;
    private final Warehouse warehouse;
    private final TemplateCatalog templates;
    private final Admission admission;
    private final TenantStore store = new TenantStore();
    private final ReadinessStore readiness = new ReadinessStore();

    public Rehearsal(
            Database database,
            Warehouse warehouse,
            TemplateCatalog templates,
            Admission admission) {
        this.database = database;
        this.warehouse = warehouse;
        this.templates = templates;
        this.admission = admission;
    }

    /// @throws EngineException INVALID_FIELD for an id or a company name that cannot be looked at
    public DryRun rehearse(NewTenant wish, Requester by, Instant now) {
        admission.requireKnown(by);
        FieldFaults faults = new FieldFaults();
        String id = Profiles.newId(wish.id(), faults);
        Profiles.companyName(wish.companyName(), faults);
        faults.refuseIfAny();
        TenantId tenant = new TenantId(id);
        admission.require(tenant, by);
        return new DryRun(
                wish,
                List.of(
                        check("tenant_id_format", true, "The id has the right form.", now),
                        email(wish, now),
                        check("database_connectivity", readiness.answers(database), "", now),
                        warehouse(now),
                        plan(wish, now),
                        existence(tenant, now),
                        tables(now),
                        probe(tenant, now)));
    }

    private static Check email(NewTenant wish, Instant now) {
        boolean valid = Profiles.isEmail(wish.adminEmail());
        return check("email_format", valid, valid ? "" : "admin_email is no e-mail address.", now);
    }

    private Check warehouse(Instant now) {
        Warehouse.Health health = warehouse.health();
        return check("warehouse_connectivity", health.usable(), health.detail(), now);
    }

    private static Check plan(NewTenant wish, Instant now) {
        FieldFaults faults = new FieldFaults();
        Plan plan = faults.word("subscription_plan", wish.plan(), Plan.class);
        boolean known = plan != null || wish.plan() == null;
        Plan shown = plan == null ? Plan.STARTER : plan;
        String message = known ? "The plan is " + shown + "." : "There is no such plan.";
        return check("subscription_plan", known, message, now);
    }

    private Check existence(TenantId tenant, Instant now) {
        Optional<Tenant> present =
                database.read(handle -> store.findInAnyCase(handle, tenant.value()));
        if (present.isPresent()) {
            String message = "Tenant " + present.get().id() + " is there already.";
            return check("tenant_existence", false, message, now);
        }
        boolean free = !warehouse.exists(tenant);
        String message = free ? "The id is free." : "A data set of that name is there already.";
        return check("tenant_existence", free, message, now);
    }

    private Check tables(Instant now) {
        List<String> missing = readiness.missingTables(database);
        String message = missing.isEmpty() ? "All tables are there." : "Missing: " + missing;
        return check("central_tables", missing.isEmpty(), message, now);
    }

    private Check probe(TenantId tenant, Instant now) {
        boolean known = templates.find(tenant, PROBE).isPresent();
        String message = PROBE + (known ? " can be run." : " is missing.");
        return new Check("dryrun_config", false, known, message, Map.of(), now);
    }

    private static Check check(String name, boolean passed, String message, Instant now) {
        String said = message.isEmpty() && passed ? "Fine." : message;
        return new Check(name, true, passed, said, Map.of(), now);
    }
}
