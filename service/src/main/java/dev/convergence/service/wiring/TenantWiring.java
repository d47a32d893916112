package dev.convergence.service.wiring;

import dev.convergence.engine.credential.Credentials;
import dev.convergence.engine.credential.MasterKey;
import dev.convergence.engine.credential.Vault;
import dev.convergence.engine.sql.Database;
import dev.convergence.engine.subscription.Subscriptions;
import dev.convergence.engine.subscription.Usages;
import dev.convergence.engine.template.TemplateCatalog;
import dev.convergence.engine.tenant.Admission;
import dev.convergence.engine.tenant.ApiKeys;
import dev.convergence.engine.tenant.Departure;
import dev.convergence.engine.tenant.Onboarding;
import dev.convergence.engine.tenant.Rehearsal;
import dev.convergence.engine.tenant.TenantWork;
import dev.convergence.engine.tenant.Tenants;
import dev.convergence.engine.warehouse.Warehouse;
import dev.convergence.service.http.HttpSettings;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/// Tenants and all that hangs on them. Needs beans of [Database], [Warehouse], [TemplateCatalog],
/// [TenantWork], [MasterKey], [HttpSettings] and [java.time.InstantSource].
@Configuration(proxyBeanMethods = false)
@Import(TenantRoutesWiring.class)
public class TenantWiring {

    @Bean
    Subscriptions subscriptions(Database database) {
        return new Subscriptions(database);
    }

    @Bean
    Usages usages(Database database, TemplateCatalog templates) {
        return new Usages(database, templates);
    }

    /// What was noted of the use of keys is written before the database goes.
    @Bean(destroyMethod = "flushLastUsed")
    ApiKeys apiKeys(Database database) {
        return new ApiKeys(database);
    }

    @Bean
    Tenants tenants(Database database) {
        return new Tenants(database);
    }

    @Bean
    Admission admission(HttpSettings settings) {
        return new Admission(settings.openOnboarding());
    }

    @Bean
    Onboarding onboarding(
            Database database,
            Warehouse warehouse,
            Subscriptions subscriptions,
            ApiKeys keys,
            Admission admission) {
        return new Onboarding(database, warehouse, subscriptions, keys, admission);
    }

    @Bean
    Rehearsal rehearsal(
            Database database,
            Warehouse warehouse,
            TemplateCatalog templates,
            Admission admission) {
        return new Rehearsal(database, warehouse, templates, admission);
    }

    @Bean
    Departure departure(Database database, Warehouse warehouse, TenantWork work) {
        return new Departure(database, warehouse, work);
    }

    @Bean
    Vault vault(MasterKey key) {
        return new Vault(key);
    }

    @Bean
    Credentials credentials(
            Database database, Vault vault, Subscriptions subscriptions, Warehouse warehouse) {
        return new Credentials(database, vault, subscriptions, warehouse);
    }
}
