package dev.convergence.service.http;

import dev.convergence.engine.error.EngineException;
import dev.convergence.engine.error.ErrorCode;
import dev.convergence.engine.id.TenantId;
import dev.convergence.engine.sql.Database;
import dev.convergence.engine.subscription.SubscriptionStatus;
import dev.convergence.engine.tenant.AuthenticatedKey;
import dev.convergence.engine.tenant.TenantStanding;
import dev.convergence.engine.tenant.TenantStatus;
import dev.convergence.service.MigratedDatabase;
import dev.convergence.service.http.notification.Mishaps;
import dev.convergence.service.wiring.HttpWiring;
import dev.convergence.testkit.ManualClock;
import dev.convergence.testkit.TestPostgres;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import javax.sql.DataSource;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.core.env.Environment;

/// The platform with the sample routes on a free port, started once for all tests.
@SpringBootConfiguration(proxyBeanMethods = false)
@EnableAutoConfiguration
@Import(HttpWiring.class)
class PlatformServer {

    static final Instant NOW = Instant.parse("2026-11-20T10:00:00Z");
    static final ManualClock CLOCK = new ManualClock(NOW);
    static final String ADMIN = "admin_first";
    static final String ADMIN_NEXT = "admin_next";

    private static final ConfigurableApplicationContext CONTEXT = start();

    /// Starts one more, for what needs other settings: `sample.admin-keys`, `sample.rate-limit`.
    static ConfigurableApplicationContext start(String... properties) {
        return new SpringApplicationBuilder(PlatformServer.class)
                .properties("server.port=0")
                .properties(properties)
                .run();
    }

    static int port() {
        return port(CONTEXT);
    }

    static int port(ConfigurableApplicationContext server) {
        return Integer.parseInt(server.getEnvironment().getProperty("local.server.port", "0"));
    }

    static <T> T bean(String name, Class<T> type) {
        return CONTEXT.getBean(name, type);
    }

    static <T> T bean(Class<T> type) {
        return CONTEXT.getBean(type);
    }

    @Bean
    InstantSource clock() {
        return CLOCK;
    }

    @Bean
    HttpSettings httpSettings(Environment environment) {
        return new HttpSettings(
                "1.2.3",
                "test",
                environment.getProperty("sample.admin-keys", Boolean.class, true)
                        ? List.of(ADMIN, ADMIN_NEXT)
                        : List.of(),
                false,
                environment.getProperty("sample.rate-limit", Boolean.class, true),
                List.of("https://console.example"));
    }

    @Bean
    Database database() {
        DataSource source =
                TestPostgres.dataSource(MigratedDatabase.url() + "&currentSchema=convergence");
        return new Database(source);
    }

    @Bean
    Mishaps mishaps(Database database, InstantSource clock) {
        return new Mishaps(database, clock);
    }

    @Bean
    SampleRoutes sampleRoutes() {
        return new SampleRoutes();
    }

    /// A key reads `tenant`, or `tenant:what makes it special`.
    @Bean
    KeyAuthenticator keyAuthenticator() {
        return (key, now) -> {
            String[] parts = key.split(":", 2);
            return authenticated(parts[0], parts.length == 1 ? "" : parts[1]);
        };
    }

    private static AuthenticatedKey authenticated(String tenant, String special) {
        return switch (special) {
            case "unknown" ->
                    throw new EngineException(
                            ErrorCode.INVALID_API_KEY, "Invalid or inactive API key.");
            case "broken" -> throw new IllegalStateException("connection refused");
            case "read" -> key(tenant, Set.of("pipelines:read"), standing(TenantStatus.ACTIVE));
            case "suspended" -> key(tenant, Set.of("*"), standing(TenantStatus.SUSPENDED));
            case "past due" ->
                    key(tenant, Set.of("*"), standing(SubscriptionStatus.PAST_DUE, null, null));
            case "trial over" ->
                    key(
                            tenant,
                            Set.of("*"),
                            standing(SubscriptionStatus.TRIAL, "2026-11-19", null));
            case "trial" ->
                    key(
                            tenant,
                            Set.of("*"),
                            standing(SubscriptionStatus.TRIAL, "2026-11-20", null));
            case "ended" ->
                    key(
                            tenant,
                            Set.of("*"),
                            standing(SubscriptionStatus.ACTIVE, null, "2026-11-19"));
            default -> key(tenant, Set.of("*"), standing(TenantStatus.ACTIVE));
        };
    }

    private static AuthenticatedKey key(
            String tenant, Set<String> scopes, TenantStanding standing) {
        return new AuthenticatedKey(new TenantId(tenant), new UUID(0, 1), scopes, standing);
    }

    private static TenantStanding standing(TenantStatus status) {
        return new TenantStanding(status, SubscriptionStatus.ACTIVE, null, null);
    }

    private static TenantStanding standing(
            SubscriptionStatus status,
            @org.jspecify.annotations.Nullable String trialEnd,
            @org.jspecify.annotations.Nullable String end) {
        return new TenantStanding(
                TenantStatus.ACTIVE,
                status,
                trialEnd == null ? null : LocalDate.parse(trialEnd),
                end == null ? null : LocalDate.parse(end));
    }
}
