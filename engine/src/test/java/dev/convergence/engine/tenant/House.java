package dev.convergence.engine.tenant;

import dev.convergence.engine.MigratedDatabase;
import dev.convergence.engine.credential.Credentials;
import dev.convergence.engine.credential.MasterKey;
import dev.convergence.engine.credential.Vault;
import dev.convergence.engine.id.TenantId;
import dev.convergence.engine.sql.Database;
import dev.convergence.engine.sql.Migrations;
import dev.convergence.engine.subscription.Subscriptions;
import dev.convergence.engine.subscription.Usages;
import dev.convergence.engine.template.Template;
import dev.convergence.engine.template.TemplateCatalog;
import dev.convergence.engine.template.TemplatePath;
import dev.convergence.testkit.TestPostgres;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jdbi.v3.core.Handle;

/// The rooms of the tenants on a database of their own.
public final class House {

    public static final Instant NOW = Instant.parse("2026-03-01T00:30:00Z");
    public static final String MASTER_KEY = "MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE=";
    public static final Requester OPERATOR = new Requester.Operator(null);

    public final Database database;
    public final MapWarehouse warehouse = new MapWarehouse();
    public final Subscriptions subscriptions;
    public final Usages usages;
    public final ApiKeys keys;
    public final Tenants tenants;
    public final Onboarding onboarding;
    public final Onboarding openOnboarding;
    public final Rehearsal rehearsal;
    public final Departure departure;
    public final Credentials credentials;
    public final List<TenantId> stopped = new CopyOnWriteArrayList<>();

    private House(Database database) {
        this.database = database;
        OneTemplate templates = new OneTemplate();
        subscriptions = new Subscriptions(database);
        usages = new Usages(database, templates);
        keys = new ApiKeys(database);
        tenants = new Tenants(database);
        onboarding = new Onboarding(database, warehouse, subscriptions, keys, new Admission(false));
        openOnboarding =
                new Onboarding(database, warehouse, subscriptions, keys, new Admission(true));
        rehearsal = new Rehearsal(database, warehouse, templates, new Admission(false));
        departure = new Departure(database, warehouse, new JobsOnly());
        Vault vault = new Vault(MasterKey.fromBase64(MASTER_KEY));
        credentials = new Credentials(database, vault, subscriptions, warehouse);
    }

    public static House build() {
        String url = MigratedDatabase.url();
        return new House(
                new Database(TestPostgres.dataSource(url + "&currentSchema=" + Migrations.SCHEMA)));
    }

    public Onboarded onboard(String id) {
        return onboard(id, "STARTER");
    }

    public Onboarded onboard(String id, String plan) {
        return onboarding.onboard(wish(id, plan), OPERATOR, NOW);
    }

    public static NewTenant wish(String id, String plan) {
        return new NewTenant(id, "Acme Corporation", "a@acme.com", plan, false, false, false);
    }

    public void execute(String sql) {
        database.transact(handle -> handle.execute(sql));
    }

    public long count(String sql) {
        return database.read(handle -> handle.createQuery(sql).mapTo(Long.class).one());
    }

    /// Deletes the tenant's jobs; tests have no workers to stop.
    private final class JobsOnly implements TenantWork {

        @Override
        public void dropClaims(org.jdbi.v3.core.Handle handle, TenantId tenant) {
            handle.execute("DELETE FROM lease WHERE tenant_id = ?", tenant.value());
        }

        @Override
        public Map<String, Long> removeAll(Handle handle, TenantId tenant) {
            int jobs =
                    handle.createUpdate("DELETE FROM job WHERE tenant_id = :tenant")
                            .bind("tenant", tenant.value())
                            .execute();
            return Map.of("jobs", (long) jobs);
        }

        @Override
        public void stopped(TenantId tenant) {
            stopped.add(tenant);
        }
    }

    /// A catalogue of the probe alone.
    private static final class OneTemplate implements TemplateCatalog {

        private static final Template PROBE =
                new Template(
                        new TemplatePath("system", "diagnostics", "probe"),
                        "{tenant_id}-system-diagnostics-probe",
                        "Probe",
                        "",
                        "1",
                        Duration.ofMinutes(1),
                        null,
                        List.of(),
                        Map.of(),
                        List.of());

        @Override
        public Optional<Template> find(TenantId tenant, TemplatePath path) {
            return Optional.of(PROBE).filter(template -> template.path().equals(path));
        }

        @Override
        public List<Template> list(TenantId tenant) {
            return List.of(PROBE);
        }
    }
}
