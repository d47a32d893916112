package dev.convergence.service;

import dev.convergence.service.config.DatabaseAddress;
import dev.convergence.service.config.GeneratedKeys;
import dev.convergence.service.config.Settings;
import dev.convergence.service.config.SettingsRefused;
import dev.convergence.service.database.DataDirectory;
import dev.convergence.service.database.LocalPostgres;
import java.io.IOException;
import java.net.ServerSocket;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;

/// One server in this process: data directory, PostgreSQL, then everything else; down in reverse.
final class Server {

    private static final Logger LOG = LoggerFactory.getLogger(Server.class);
    private static final String LOG_FORMAT = "convergence.log.format";
    private static final long START_SECONDS_AWAITED = 10;

    private final ServeArguments arguments;
    private final ReentrantLock changing = new ReentrantLock();
    private final Deque<Runnable> downward = new ArrayDeque<>();

    Server(ServeArguments arguments) {
        this.arguments = arguments;
    }

    /// Answers the running program, whose beans the caller may use.
    ConfigurableApplicationContext start(Map<String, String> environment) {
        changing.lock();
        try {
            return startHolding(environment);
        } catch (RuntimeException e) {
            stopHolding();
            throw e;
        } finally {
            changing.unlock();
        }
    }

    /// Waits a little for a start under way; one that takes longer is left as it is, because the
    /// next server finds its PostgreSQL.
    void stop() throws InterruptedException {
        if (changing.tryLock(START_SECONDS_AWAITED, TimeUnit.SECONDS)) {
            try {
                stopHolding();
            } finally {
                changing.unlock();
            }
        }
    }

    static int port(ConfigurableApplicationContext program) {
        var server = ((WebServerApplicationContext) program).getWebServer();
        return server == null ? 0 : server.getPort();
    }

    private ConfigurableApplicationContext startHolding(Map<String, String> environment) {
        Settings settings =
                Settings.read(environment, arguments.configFile(), arguments.dataDirectory());
        requireFreePort();
        DataDirectory directory = DataDirectory.open(arguments.dataDirectory());
        downward.push(directory::close);
        Settings complete = settings.embedded() ? withOwnKeys(settings) : settings;
        DatabaseAddress address = address(complete, directory);
        ConfigurableApplicationContext program = program(complete, address);
        downward.push(program::close);
        return program;
    }

    /// One part that does not stop must not keep the next from stopping.
    private void stopHolding() {
        if (downward.isEmpty()) {
            return;
        }
        LOG.info("Stopping");
        while (!downward.isEmpty()) {
            try {
                downward.pop().run();
            } catch (RuntimeException e) {
                LOG.error("A part of the server did not stop in order", e);
            }
        }
        LOG.info("Stopped");
    }

    /// Says so before PostgreSQL is started for nothing.
    private void requireFreePort() {
        try (ServerSocket probe = new ServerSocket(arguments.port())) {
            LOG.debug("Port {} is free", probe.getLocalPort());
        } catch (IOException e) {
            throw new SettingsRefused(
                    List.of(
                            "Port "
                                    + arguments.port()
                                    + " cannot be used ("
                                    + e.getMessage()
                                    + "). Choose another with --port.")); // usually: already in use
        }
    }

    private Settings withOwnKeys(Settings settings) {
        if (settings.keys().admin().isEmpty()) {
            System.out.println(
                    "operator key in " + GeneratedKeys.adminKeyFile(arguments.dataDirectory()));
        }
        return settings.withKeys(
                GeneratedKeys.complete(settings.keys(), arguments.dataDirectory()));
    }

    private DatabaseAddress address(Settings settings, DataDirectory directory) {
        DatabaseAddress given = settings.database();
        if (given != null) {
            return given;
        }
        long started = System.nanoTime();
        LocalPostgres postgres = LocalPostgres.start(directory);
        downward.push(postgres::close);
        LOG.info(
                "Embedded PostgreSQL {} in {} ms",
                postgres.found() ? "found running" : "started",
                TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - started));
        return postgres.address();
    }

    private ConfigurableApplicationContext program(Settings settings, DatabaseAddress address) {
        // Spring reads logback.xml once more when it starts, and this with it.
        System.setProperty(LOG_FORMAT, settings.isLogJson() ? "json" : "text");
        SpringApplication spring = new SpringApplication(ConvergenceApplication.class);
        spring.setWebApplicationType(WebApplicationType.SERVLET);
        spring.setRegisterShutdownHook(false);
        spring.addInitializers(context -> {
            var beans = context.getBeanFactory();
            beans.registerSingleton("serveArguments", arguments);
            beans.registerSingleton("settings", settings);
            beans.registerSingleton("databaseAddress", address);
        });
        return spring.run(
                "--server.port=" + arguments.port(),
                "--server.shutdown=graceful",
                "--spring.lifecycle.timeout-per-shutdown-phase=6s",
                "--spring.main.log-startup-info=false",
                "--spring.threads.virtual.enabled=true",
                "--spring.main.banner-mode=off");
    }
}
