package dev.convergence.service.wiring;

import com.zaxxer.hikari.HikariDataSource;
import dev.convergence.engine.EngineConfig;
import dev.convergence.engine.Node;
import dev.convergence.engine.Rooms;
import dev.convergence.engine.TenantDeparture;
import dev.convergence.engine.credential.Credentials;
import dev.convergence.engine.credential.MasterKey;
import dev.convergence.engine.event.Events;
import dev.convergence.engine.flow.LeftWorkspaces;
import dev.convergence.engine.flow.PipelineHandler;
import dev.convergence.engine.flow.RunPlan;
import dev.convergence.engine.flow.ToldStart;
import dev.convergence.engine.job.RetryPolicy;
import dev.convergence.engine.launch.JobLauncher;
import dev.convergence.engine.loop.Duty;
import dev.convergence.engine.loop.Loop;
import dev.convergence.engine.queue.Pools;
import dev.convergence.engine.recovery.Partitions;
import dev.convergence.engine.recovery.RetentionPeriods;
import dev.convergence.engine.recovery.RunRecordCopier;
import dev.convergence.engine.run.RunLog;
import dev.convergence.engine.run.RunRecords;
import dev.convergence.engine.run.StepRecords;
import dev.convergence.engine.schedule.JobScheduler;
import dev.convergence.engine.sql.Database;
import dev.convergence.engine.sql.DatabaseClock;
import dev.convergence.engine.subscription.Usages;
import dev.convergence.engine.template.TemplateCatalog;
import dev.convergence.engine.tenant.ApiKeys;
import dev.convergence.engine.tenant.TenantWork;
import dev.convergence.engine.warehouse.Warehouse;
import dev.convergence.engine.webhook.Deliverer;
import dev.convergence.engine.webhook.FanOut;
import dev.convergence.engine.worker.JobHandler;
import dev.convergence.engine.worker.ProbeHandler;
import dev.convergence.service.Drain;
import dev.convergence.service.ServeArguments;
import dev.convergence.service.config.Role;
import dev.convergence.service.config.Secret;
import dev.convergence.service.config.Settings;
import dev.convergence.service.generation.GenerationHandler;
import dev.convergence.service.http.HttpSettings;
import dev.convergence.service.http.KeyAuthenticator;
import dev.convergence.service.http.health.EngineMeters;
import dev.convergence.service.http.health.NodeMeters;
import dev.convergence.service.http.health.PipelineMeters;
import dev.convergence.service.http.health.QueueMeters;
import dev.convergence.service.http.health.SuccessMeters;
import dev.convergence.service.http.health.TenantMeters;
import dev.convergence.service.http.health.VacuumWatch;
import dev.convergence.service.http.health.WebhookMeters;
import dev.convergence.service.http.idempotency.IdempotentAnswers;
import dev.convergence.service.template.TemplateRetries;
import dev.convergence.service.trace.TraceParents;
import dev.convergence.service.trace.Traces;
import dev.convergence.steps.landing.LandingZone;
import io.micrometer.core.instrument.MeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import javax.sql.DataSource;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// The engine on this node: its clock, its handlers, its loops, and how they come to rest.
@Configuration(proxyBeanMethods = false)
public class EngineWiring {

    private static final String VERSION = "0.1.0";
    private static final Duration COPY_PAUSE = Duration.ofSeconds(20);
    private static final Duration KEY_USE_PAUSE = Duration.ofSeconds(60);
    private static final Duration WATCH_PAUSE = Duration.ofSeconds(30);
    private static final Duration DEPTH_PAUSE = Duration.ofSeconds(15);
    private static final Duration WEBHOOK_PAUSE = Duration.ofMillis(500);
    private static final Duration MISHAPS_PAUSE = Duration.ofSeconds(5);
    private static final Duration PURGE_PAUSE = Duration.ofHours(1);

    @Bean
    InstantSource clock(Database database) {
        return new DatabaseClock(database);
    }

    @Bean
    HttpSettings httpSettings(Settings settings) {
        return new HttpSettings(
                VERSION,
                settings.embedded() ? "embedded" : "production",
                settings.keys().admin().stream().map(Secret::reveal).toList(),
                settings.keys().openOnboarding(),
                settings.doors().rateLimit(),
                settings.doors().corsOrigins());
    }

    @Bean
    KeyAuthenticator keyAuthenticator(ApiKeys keys) {
        return keys::authenticate;
    }

    @Bean
    MasterKey masterKey(Settings settings) {
        return MasterKey.fromBase64(Objects.requireNonNull(settings.keys().master()).reveal());
    }

    @Bean
    TenantWork tenantWork(ObjectProvider<Rooms> engine, LandingZone landing) {
        return new TenantDeparture(() -> engine.getObject().worker(), landing::remove);
    }

    @Bean
    Pools pools(Database database) {
        return new Pools(database);
    }

    @Bean
    RunRecordCopier runRecordCopier(Database database, Warehouse warehouse) {
        return new RunRecordCopier(database, new RunRecords(), warehouse);
    }

    @Bean
    Rooms engine(
            Database database,
            InstantSource clock,
            Settings settings,
            ServeArguments arguments,
            TemplateCatalog templates,
            StepWiring.Steps steps,
            Credentials credentials,
            Pools pools,
            GenerationWiring.Handlers generation,
            EngineMeters meters,
            Traces traces,
            TraceParents parents) {
        EngineConfig config = config(settings, arguments);
        // The data directory is locked by this process: whoever left something there is dead.
        LeftWorkspaces.remove(config.workRoot());
        PipelineHandler pipelines =
                new PipelineHandler(
                        new RunPlan(templates, pools::isDeclared),
                        TraceWiring.traced(steps.all(), traces),
                        credentials,
                        new StepRecords(database, new Events(meters)),
                        new RunLog(database),
                        config.workRoot(),
                        clock);
        List<JobHandler> handlers = new ArrayList<>(generation.all());
        handlers.add(new ToldStart(pipelines, database, clock));
        handlers.add(new ProbeHandler());
        return new Rooms(
                database,
                clock,
                config,
                TraceWiring.traced(handlers, traces, parents),
                new TemplateRetries(templates, config.retry(), clock),
                meters);
    }

    @Bean
    JobLauncher jobLauncher(Rooms engine, Settings settings) {
        return engine.jobLauncher(RetryPolicy.withBase(settings.execution().jobRetryBase()));
    }

    @Bean
    JobScheduler jobScheduler(Rooms engine, JobLauncher launcher) {
        return engine.jobScheduler(launcher);
    }

    private static EngineConfig config(Settings settings, ServeArguments arguments) {
        var execution = settings.execution();
        boolean works = arguments.roles().contains(Role.WORKER);
        Path work = arguments.dataDirectory().resolve("work");
        return new EngineConfig(
                works ? execution.workers() : 0,
                execution.lease(),
                Optional.ofNullable(execution.tick()),
                execution.pollInterval(),
                RetryPolicy.withBase(execution.pipelineRetryBase()),
                execution.retryJitter().doubleValue(),
                withLocalModels(execution.pools()),
                work,
                new RetentionPeriods(
                        settings.keeping().runs(),
                        settings.keeping().logs(),
                        settings.keeping().slots(),
                        settings.keeping().audit()),
                Optional.ofNullable(execution.ageing()));
    }

    /// The local Ollama is shared by all, so its pool is there whatever other pools are set.
    private static Map<String, Integer> withLocalModels(Map<String, Integer> pools) {
        Map<String, Integer> all = new HashMap<>(pools);
        all.putIfAbsent(GenerationHandler.LOCAL_POOL, 1);
        return all;
    }

    /// Starts with the context, before the web server answers.
    @Bean(initMethod = "start")
    Node node(Rooms engine, DataSource source, ServeArguments arguments) {
        return new Node(engine, source, roles(arguments));
    }

    private static Set<Node.Role> roles(ServeArguments arguments) {
        EnumSet<Node.Role> roles = EnumSet.noneOf(Node.Role.class);
        if (arguments.roles().contains(Role.SCHEDULER)) {
            roles.add(Node.Role.SCHEDULER);
        }
        if (arguments.roles().contains(Role.WORKER)) {
            roles.add(Node.Role.WORKER);
        }
        return roles;
    }

    @Bean
    QueueMeters queueMeters(Rooms engine, MeterRegistry registry) {
        return new QueueMeters(engine.queue(), registry);
    }

    @Bean
    NodeMeters nodeMeters(
            Rooms engine, HikariDataSource source, Database database, MeterRegistry registry) {
        return new NodeMeters(
                () -> engine.worker().runningCount(),
                () -> engine.worker().slots(),
                source,
                new Partitions(database),
                registry);
    }

    @Bean
    SuccessMeters successMeters(Rooms engine, MeterRegistry registry) {
        return new SuccessMeters(engine.configs(), registry);
    }

    @Bean
    TenantMeters tenantMeters(Usages usages, PipelineMeters pipelines) {
        return new TenantMeters(usages, pipelines);
    }

    /// What is to be done now and then beside the engine's own duties.
    @Bean
    Drain housekeeping(
            Node node,
            RunRecordCopier copier,
            ApiKeys keys,
            IdempotentAnswers answers,
            VacuumWatch vacuum,
            QueueMeters depth,
            JobScheduler jobSchedules,
            ServeArguments arguments,
            Settings settings,
            FanOut webhooks,
            Deliverer deliverer,
            WebhookMeters webhookDepth,
            TenantMeters tenants,
            NodeMeters ownMeters,
            SuccessMeters success,
            NotificationWiring.Duties notifications) {
        Duration tick = settings.execution().tick();
        if (tick != null && arguments.roles().contains(Role.SCHEDULER)) {
            node.loop("job-schedules", tick, jobSchedules);
        }
        node.loop("run-records", COPY_PAUSE, copier);
        node.loop("vacuum-watch", WATCH_PAUSE, vacuum);
        node.loop("queue-depth", DEPTH_PAUSE, depth);
        Loop sender = node.loop("webhook-sender", WEBHOOK_PAUSE, deliverer);
        deliverer.onFreed(sender::wake);
        node.loop("webhook-fan-out", WEBHOOK_PAUSE, waking(webhooks, sender));
        node.loop("webhook-depth", DEPTH_PAUSE, webhookDepth);
        notify(node, notifications);
        node.loop("tenant-use", DEPTH_PAUSE, tenants);
        node.loop("partition-watch", WATCH_PAUSE, ownMeters);
        node.loop("success-watch", WATCH_PAUSE, success);
        node.loop(
                "key-use",
                KEY_USE_PAUSE,
                _ -> {
                    keys.flushLastUsed();
                    return false;
                });
        node.loop(
                "answer-purge",
                PURGE_PAUSE,
                now -> {
                    answers.purge(now);
                    return false;
                });
        return node::stop;
    }

    private static void notify(Node node, NotificationWiring.Duties duties) {
        Loop sender = node.loop("notification-sender", WEBHOOK_PAUSE, duties.deliverer());
        duties.deliverer().onFreed(sender::wake);
        node.loop("notification-fan-out", WEBHOOK_PAUSE, waking(duties.fanOut(), sender));
        node.loop("notification-watch", WATCH_PAUSE, duties.watch());
        node.loop("notification-mishaps", MISHAPS_PAUSE, duties.mishaps());
        node.loop("notification-depth", DEPTH_PAUSE, duties.depth());
    }

    /// What was just made is sent at once.
    private static Duty waking(Duty messages, Loop sender) {
        return now -> {
            boolean isMore = messages.runOnce(now);
            sender.wake();
            return isMore;
        };
    }
}
