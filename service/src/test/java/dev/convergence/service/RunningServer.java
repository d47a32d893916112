package dev.convergence.service;

import dev.convergence.engine.Audit;
import dev.convergence.engine.sql.Database;
import dev.convergence.service.config.PrivateFile;
import dev.convergence.service.config.Settings;
import java.net.URI;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.springframework.context.ConfigurableApplicationContext;

/// A whole server on a free port, with a database of its own, for tests that speak HTTP to it.
public final class RunningServer implements AutoCloseable {

    public static final String OPERATOR_KEY = "operator_key_of_the_tests";

    private final Server server;
    private final URI address;
    private final Path landing;
    private final Database database;

    private final AtomicBoolean isClosed = new AtomicBoolean();

    private RunningServer(Server server, ConfigurableApplicationContext program) {
        this.server = server;
        this.address = URI.create("http://localhost:" + Server.port(program));
        this.landing = program.getBean(Settings.class).storage().landing();
        this.database = program.getBean(Database.class);
    }

    /// Takes every test's word for when something happens: no ticker, no rate limit, no pause
    /// before a retry.
    ///
    /// @param changes variables that differ from that
    public static RunningServer start(Path dataDirectory, Map<String, String> changes) {
        Map<String, String> environment = new HashMap<>();
        environment.put("DATABASE_URL", MigratedDatabase.url());
        environment.put("CONVERGENCE_MASTER_KEY", PrivateFile.randomKey());
        environment.put("ADMIN_API_KEY", OPERATOR_KEY);
        environment.put("CONVERGENCE_TICK", "off");
        environment.put("CONVERGENCE_RATE_LIMIT", "off");
        environment.put("CONVERGENCE_RETRY_BASE", "PT0S");
        environment.put("CONVERGENCE_RETRY_JITTER", "0");
        environment.putAll(changes);
        Server server =
                new Server(
                        ServeArguments.parse(
                                List.of("--port", "0", "--data-dir", dataDirectory.toString())));
        return new RunningServer(server, server.start(environment));
    }

    public URI address() {
        return address;
    }

    public Path landing() {
        return landing;
    }

    /// Whatever a test did with it, the books are in order. Once stopped it stays so.
    @Override
    public void close() {
        if (isClosed.getAndSet(true)) {
            return;
        }
        List<String> violations = Audit.violations(database);
        try {
            server.stop();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
        if (!violations.isEmpty()) {
            throw new AssertionError("Invariants are broken: " + violations);
        }
    }
}
