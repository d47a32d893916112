package dev.convergence.service.wiring;

import dev.convergence.engine.Rooms;
import dev.convergence.engine.courier.Courier;
import dev.convergence.engine.courier.Postman;
import dev.convergence.engine.credential.Vault;
import dev.convergence.engine.event.Events;
import dev.convergence.engine.loop.Duty;
import dev.convergence.engine.notification.Channels;
import dev.convergence.engine.notification.Composer;
import dev.convergence.engine.notification.Document;
import dev.convergence.engine.notification.History;
import dev.convergence.engine.notification.NoticeBag;
import dev.convergence.engine.notification.NoticeFanOut;
import dev.convergence.engine.notification.Rules;
import dev.convergence.engine.notification.Watch;
import dev.convergence.engine.recovery.ClusterDuty;
import dev.convergence.engine.sql.Database;
import dev.convergence.engine.webhook.Deliverer;
import dev.convergence.service.config.Settings;
import dev.convergence.service.http.HttpSettings;
import dev.convergence.service.http.health.EngineMeters;
import dev.convergence.service.http.health.NotificationMeters;
import dev.convergence.service.http.notification.ChannelRoutes;
import dev.convergence.service.http.notification.HistoryRoutes;
import dev.convergence.service.http.notification.Mishaps;
import dev.convergence.service.http.notification.NotificationRoutes;
import dev.convergence.service.http.notification.RuleRoutes;
import dev.convergence.steps.mail.MailServer;
import dev.convergence.steps.mail.NoPostman;
import dev.convergence.steps.mail.SmtpPostman;
import dev.convergence.steps.notify.MessageComposer;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadLocalRandom;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// Telling tenants' people what happened.
@Configuration(proxyBeanMethods = false)
public class NotificationWiring {

    private static final Duration WATCH = Duration.ofSeconds(30);

    /// What a node has to do for it; a type of its own, because there are several of each.
    ///
    /// @param watch looks for what nothing writes down
    /// @param mishaps notes what requests met
    record Duties(
            NoticeFanOut fanOut,
            Deliverer deliverer,
            Duty watch,
            Duty mishaps,
            NotificationMeters depth) {

        void close() throws InterruptedException {
            deliverer.close();
        }
    }

    @Bean
    Postman postman(Settings settings, InstantSource clock) {
        MailServer server = settings.mail();
        return server == null ? new NoPostman() : new SmtpPostman(server, clock);
    }

    @Bean
    Composer composer() {
        return new MessageComposer();
    }

    @Bean
    Channels notificationChannels(
            Database database, Vault vault, Courier courier, Postman postman) {
        return new Channels(database, vault, courier, postman);
    }

    @Bean
    Rules notificationRules(Database database) {
        return new Rules(database);
    }

    @Bean
    History notificationHistory(Database database, Composer composer) {
        return new History(database, composer);
    }

    @Bean
    Mishaps mishaps(Database database, InstantSource clock) {
        return new Mishaps(database, clock);
    }

    @Bean(destroyMethod = "close")
    Duties notificationDuties(
            Database database,
            Rooms engine,
            Composer composer,
            Vault vault,
            Courier courier,
            Postman postman,
            History history,
            InstantSource clock,
            EngineMeters meters,
            MeterRegistry registry,
            Mishaps mishaps,
            HttpSettings settings) {
        Events events = new Events(meters);
        String userAgent = "Convergence/" + settings.version();
        NoticeBag bag = new NoticeBag(database, vault, courier, postman, clock, events, userAgent);
        Deliverer.Wiring wiring =
                new Deliverer.Wiring(
                        clock,
                        Executors.newVirtualThreadPerTaskExecutor(),
                        events,
                        () -> ThreadLocalRandom.current().nextDouble(),
                        userAgent);
        return new Duties(
                new NoticeFanOut(database, engine.stepRecords(), composer),
                new Deliverer(database, bag, wiring),
                new ClusterDuty(database, "notification-watch", WATCH, WATCH, new Watch(database)),
                mishaps,
                new NotificationMeters(history, registry));
    }

    @Bean
    NotificationRoutes notificationRoutes(
            Channels channels, Rules rules, History history, InstantSource clock) {
        return new NotificationRoutes(channels, new Document(channels, rules), history, clock);
    }

    @Bean
    ChannelRoutes notificationChannelRoutes(
            Channels channels, History history, InstantSource clock) {
        return new ChannelRoutes(channels, history, clock);
    }

    @Bean
    RuleRoutes notificationRuleRoutes(Rules rules, InstantSource clock) {
        return new RuleRoutes(rules, clock);
    }

    @Bean
    HistoryRoutes notificationHistoryRoutes(History history, InstantSource clock) {
        return new HistoryRoutes(history, clock);
    }
}
