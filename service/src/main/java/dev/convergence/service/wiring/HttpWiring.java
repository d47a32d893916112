package dev.convergence.service.wiring;

import dev.convergence.engine.Node;
import dev.convergence.engine.sql.Database;
import dev.convergence.engine.tenant.Tenants;
import dev.convergence.engine.trail.Trail;
import dev.convergence.engine.warehouse.Warehouse;
import dev.convergence.service.http.AccessCheck;
import dev.convergence.service.http.ActingFor;
import dev.convergence.service.http.Authentication;
import dev.convergence.service.http.CallerArgument;
import dev.convergence.service.http.HttpSettings;
import dev.convergence.service.http.KeyAuthenticator;
import dev.convergence.service.http.OperatorKeys;
import dev.convergence.service.http.SessionReader;
import dev.convergence.service.http.TenantPathCheck;
import dev.convergence.service.http.WireFormat;
import dev.convergence.service.http.audit.AuditCheck;
import dev.convergence.service.http.audit.AuditRoutes;
import dev.convergence.service.http.health.DrainState;
import dev.convergence.service.http.health.EngineMeters;
import dev.convergence.service.http.health.HealthRoutes;
import dev.convergence.service.http.health.MetricsRoutes;
import dev.convergence.service.http.health.PipelineMeters;
import dev.convergence.service.http.health.Readiness;
import dev.convergence.service.http.health.ReadinessCheck;
import dev.convergence.service.http.health.VacuumWatch;
import dev.convergence.service.http.idempotency.IdempotencyCheck;
import dev.convergence.service.http.idempotency.IdempotentAnswers;
import dev.convergence.service.http.limits.RateLimitCheck;
import dev.convergence.service.http.limits.RateLimits;
import dev.convergence.service.http.limits.Utf8Body;
import dev.convergence.service.http.openapi.DocsRoutes;
import dev.convergence.service.http.openapi.OpenApiDocument;
import dev.convergence.service.http.openapi.SchemaRoutes;
import dev.convergence.service.http.problem.ProblemResolver;
import dev.convergence.service.http.problem.ProblemWriter;
import dev.convergence.service.http.problem.Witness;
import dev.convergence.service.trace.TraceParents;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.servlet.HandlerExceptionResolver;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerAdapter;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;
import tools.jackson.databind.json.JsonMapper;

/// The HTTP platform. Needs beans of [HttpSettings], [KeyAuthenticator], [Database] and
/// [InstantSource]; a [Warehouse], [RateLimits], [Tenants], a [SessionReader] and a [Node] are used
/// where they are there.
@Configuration(proxyBeanMethods = false)
@Import({HttpFilterWiring.class, OpenApiDocument.class})
public class HttpWiring {

    @Bean
    JsonMapper wireFormat() {
        return WireFormat.mapper();
    }

    @Bean
    ProblemWriter problemWriter(JsonMapper json, InstantSource clock) {
        return new ProblemWriter(json, clock);
    }

    @Bean
    IdempotentAnswers idempotentAnswers(Database database, JsonMapper json) {
        return new IdempotentAnswers(database, json);
    }

    @Bean
    Utf8Body utf8Body() {
        return new Utf8Body();
    }

    @Bean
    OperatorKeys operatorKeys(HttpSettings settings) {
        return new OperatorKeys(settings.adminKeys());
    }

    /// The order of the checks is the order of the answers: a bad tenant id is 400 before a missing
    /// key is 401, that before a rate limit is 429, that before a foreign tenant is 403.
    @Bean
    WebMvcConfigurer checks(
            HttpSettings settings,
            KeyAuthenticator keys,
            IdempotentAnswers answers,
            ProblemWriter problems,
            ObjectProvider<RateLimits> limits,
            AuditCheck audit,
            ObjectProvider<SessionReader> sessions,
            ObjectProvider<Tenants> tenants,
            ObjectProvider<Witness> witness,
            OperatorKeys operators,
            InstantSource clock) {
        Authentication authentication =
                new Authentication(
                        keys,
                        operators,
                        sessions.getIfAvailable(() -> SessionReader.NONE),
                        new ActingFor(tenant -> tenants.getObject().get(tenant)),
                        clock);
        return new WebMvcConfigurer() {
            @Override
            public void addInterceptors(InterceptorRegistry registry) {
                registry.addInterceptor(new TenantPathCheck());
                registry.addInterceptor(authentication);
                if (settings.rateLimit()) {
                    RateLimits chosen = limits.getIfAvailable(() -> RateLimits.DEFAULT);
                    registry.addInterceptor(new RateLimitCheck(chosen, clock));
                }
                registry.addInterceptor(audit);
                registry.addInterceptor(new AccessCheck(clock));
                registry.addInterceptor(audit.beforeImage());
                registry.addInterceptor(new IdempotencyCheck(answers, clock));
            }

            @Override
            public void addArgumentResolvers(List<HandlerMethodArgumentResolver> resolvers) {
                resolvers.add(new CallerArgument());
            }

            @Override
            public void configureHandlerExceptionResolvers(
                    List<HandlerExceptionResolver> resolvers) {
                resolvers.add(
                        new ProblemResolver(
                                problems, witness.getIfAvailable(() -> Witness.NOBODY)));
            }
        };
    }

    @Bean
    Trail trail(Database database) {
        return new Trail(database);
    }

    /// Routes and their adapter are asked for when the first write comes: they are made after this.
    @Bean
    AuditCheck auditCheck(
            Trail trail,
            @Qualifier("requestMappingHandlerMapping")
                    ObjectProvider<RequestMappingHandlerMapping> routes,
            ObjectProvider<RequestMappingHandlerAdapter> calls,
            JsonMapper json,
            InstantSource clock,
            MeterRegistry registry,
            ObjectProvider<TraceParents> traces) {
        return new AuditCheck(
                trail,
                routes::getObject,
                calls::getObject,
                json,
                clock,
                registry,
                id -> traces.ifAvailable(known -> known.made(id)));
    }

    @Bean
    AuditRoutes auditRoutes(Trail trail) {
        return new AuditRoutes(trail);
    }

    @Bean
    DrainState drainState() {
        return new DrainState();
    }

    @Bean
    Readiness readiness(Database database, ObjectProvider<Warehouse> warehouse) {
        List<ReadinessCheck> checks = new ArrayList<>();
        checks.add(new ReadinessCheck("database", () -> isAnswering(database)));
        warehouse.ifAvailable(
                used -> checks.add(new ReadinessCheck("warehouse", () -> used.health().usable())));
        return new Readiness(checks, Readiness.CAP);
    }

    private static final String TRIVIAL = "SELECT 1";

    private static boolean isAnswering(Database database) {
        return database.read(handle -> handle.createQuery(TRIVIAL).mapTo(Integer.class).one()) == 1;
    }

    @Bean
    HealthRoutes healthRoutes(
            HttpSettings settings,
            DrainState drain,
            Readiness readiness,
            VacuumWatch vacuum,
            ObjectProvider<Node> node) {
        return new HealthRoutes(
                settings,
                drain,
                readiness,
                vacuum,
                () -> Optional.ofNullable(node.getIfAvailable()).flatMap(Node::wakeUp));
    }

    @Bean
    VacuumWatch vacuumWatch(Database database, MeterRegistry registry) {
        return new VacuumWatch(database, registry);
    }

    @Bean
    PrometheusMeterRegistry meterRegistry() {
        return new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    }

    @Bean
    PipelineMeters pipelineMeters(MeterRegistry registry) {
        return new PipelineMeters(registry);
    }

    @Bean
    EngineMeters engineMeters(
            MeterRegistry registry, PipelineMeters pipelines, HttpSettings settings) {
        return new EngineMeters(registry, pipelines, settings.version());
    }

    @Bean
    MetricsRoutes metricsRoutes(PrometheusMeterRegistry registry) {
        return new MetricsRoutes(registry);
    }

    @Bean
    DocsRoutes docsRoutes() {
        return new DocsRoutes();
    }

    @Bean
    SchemaRoutes schemaRoutes() {
        return new SchemaRoutes();
    }
}
