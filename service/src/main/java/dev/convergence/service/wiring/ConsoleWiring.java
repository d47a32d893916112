package dev.convergence.service.wiring;

import dev.convergence.engine.Node;
import dev.convergence.engine.Rooms;
import dev.convergence.engine.credential.Vault;
import dev.convergence.engine.loop.Loop;
import dev.convergence.service.Drain;
import dev.convergence.service.http.HttpSettings;
import dev.convergence.service.http.KeyAuthenticator;
import dev.convergence.service.http.OperatorKeys;
import dev.convergence.service.http.console.ConsoleFiles;
import dev.convergence.service.http.console.ConsoleRoutes;
import dev.convergence.service.http.limits.SignInLimit;
import dev.convergence.service.http.live.EventRoutes;
import dev.convergence.service.http.live.Feeds;
import dev.convergence.service.http.pipeline.RunControl;
import dev.convergence.service.http.session.SealedSessions;
import dev.convergence.service.http.session.SessionCookie;
import dev.convergence.service.http.session.SessionRoutes;
import java.time.Duration;
import java.time.InstantSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import tools.jackson.databind.json.JsonMapper;

/// The web console: its files, sessions of browsers, and events while they happen.
@Configuration(proxyBeanMethods = false)
public class ConsoleWiring {

    /// Two looks and the way to the browser stay below a second.
    private static final Duration LOOK_PAUSE = Duration.ofMillis(300);

    @Bean
    ConsoleRoutes consoleRoutes() {
        return new ConsoleRoutes(ConsoleFiles.load());
    }

    @Bean
    SealedSessions sealedSessions(Vault vault) {
        return new SealedSessions(vault);
    }

    @Bean
    SessionCookie sessionCookie(SealedSessions sessions) {
        return new SessionCookie(sessions);
    }

    @Bean
    SessionRoutes sessionRoutes(
            SealedSessions sessions,
            KeyAuthenticator keys,
            OperatorKeys operators,
            HttpSettings settings,
            InstantSource clock) {
        return new SessionRoutes(
                sessions, keys, operators, new SignInLimit(settings.rateLimit()), clock);
    }

    @Bean
    Feeds feeds(Rooms engine) {
        return new Feeds(engine);
    }

    @Bean
    EventRoutes eventRoutes(Rooms engine, RunControl runs, Feeds feeds, JsonMapper json) {
        return new EventRoutes(engine, runs, feeds, json);
    }

    /// Streams would hold the server up on its way down.
    @Bean
    Drain events(Node node, Feeds feeds) {
        Loop look = node.loop("events", LOOK_PAUSE, feeds);
        feeds.onJoin(look::wake);
        return _ -> feeds.close();
    }
}
