package dev.convergence.service.wiring;

import dev.convergence.engine.Bootstrap;
import dev.convergence.engine.Rooms;
import dev.convergence.engine.credential.Credentials;
import dev.convergence.engine.sql.Database;
import dev.convergence.engine.subscription.Subscriptions;
import dev.convergence.engine.subscription.Usages;
import dev.convergence.engine.tenant.ApiKeys;
import dev.convergence.engine.tenant.Departure;
import dev.convergence.engine.tenant.Onboarding;
import dev.convergence.engine.tenant.OperatorSteps;
import dev.convergence.engine.tenant.Rehearsal;
import dev.convergence.engine.tenant.Tenants;
import dev.convergence.engine.warehouse.Warehouse;
import dev.convergence.service.http.admin.AdminRoutes;
import dev.convergence.service.http.credential.CredentialRoutes;
import dev.convergence.service.http.key.KeyRoutes;
import dev.convergence.service.http.subscription.OverrideRoutes;
import dev.convergence.service.http.subscription.SubscriptionRoutes;
import dev.convergence.service.http.subscription.UsageRoutes;
import dev.convergence.service.http.tenant.MeRoutes;
import dev.convergence.service.http.tenant.OnboardingRoutes;
import dev.convergence.service.http.tenant.TenantRoutes;
import java.time.InstantSource;
import javax.sql.DataSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// The routes of tenants and all that hangs on them.
@Configuration(proxyBeanMethods = false)
public class TenantRoutesWiring {

    @Bean
    OnboardingRoutes onboardingRoutes(
            Onboarding onboarding, Rehearsal rehearsal, InstantSource clock) {
        return new OnboardingRoutes(onboarding, rehearsal, clock);
    }

    @Bean
    TenantRoutes tenantRoutes(Tenants tenants, Departure departure, InstantSource clock) {
        return new TenantRoutes(tenants, departure, clock);
    }

    @Bean
    MeRoutes meRoutes(Tenants tenants) {
        return new MeRoutes(tenants);
    }

    @Bean
    SubscriptionRoutes subscriptionRoutes(
            Subscriptions subscriptions, Usages usages, InstantSource clock) {
        return new SubscriptionRoutes(subscriptions, usages, clock);
    }

    @Bean
    OverrideRoutes overrideRoutes(Rooms engine, Tenants tenants) {
        return new OverrideRoutes(engine, tenants);
    }

    @Bean
    UsageRoutes usageRoutes(Usages usages, InstantSource clock) {
        return new UsageRoutes(usages, clock);
    }

    @Bean
    KeyRoutes keyRoutes(ApiKeys keys, InstantSource clock) {
        return new KeyRoutes(keys, clock);
    }

    @Bean
    AdminRoutes adminRoutes(
            DataSource source,
            Database database,
            Warehouse warehouse,
            Onboarding onboarding,
            Tenants tenants,
            ApiKeys keys,
            InstantSource clock) {
        return new AdminRoutes(
                new Bootstrap(source),
                new OperatorSteps(database, warehouse, onboarding, tenants, keys),
                clock);
    }

    @Bean
    CredentialRoutes credentialRoutes(Credentials credentials, InstantSource clock) {
        return new CredentialRoutes(credentials, clock);
    }
}
