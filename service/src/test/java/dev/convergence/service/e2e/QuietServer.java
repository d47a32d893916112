package dev.convergence.service.e2e;

import dev.convergence.service.MigratedDatabase;
import dev.convergence.service.RunningServer;
import dev.convergence.testkit.TestPostgres;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;

/// A server whose queue moves only when it is told to, with its database at hand.
final class QuietServer implements AutoCloseable {

    static final String CONFIGS = "/scheduler/pipeline-configs";
    static final String PROBE = "/system/diagnostics/probe";

    private final String database = MigratedDatabase.url();
    private final RunningServer server;
    final House house;

    QuietServer(Path folder) {
        server =
                RunningServer.start(
                        folder,
                        Map.of(
                                "DATABASE_URL", database,
                                "CONVERGENCE_WORKERS", "0",
                                "CONVERGENCE_RETRY_BASE", "PT60S"));
        house = new House(server);
    }

    Caller nobody() {
        return Caller.nobody(server);
    }

    /// What a route beside `/api/v1` answers.
    Answer root(String path) throws IOException, InterruptedException {
        try (HttpClient http = HttpClient.newHttpClient()) {
            HttpRequest request = HttpRequest.newBuilder(server.address().resolve(path)).build();
            return new Answer(http.send(request, BodyHandlers.ofByteArray()));
        }
    }

    void sql(String statement) throws SQLException {
        try (Connection connection = TestPostgres.dataSource(database).getConnection();
                Statement change = connection.createStatement()) {
            change.execute("SET search_path = convergence");
            change.execute(statement);
        }
    }

    static Map<String, Object> config(String cron, Map<String, ?> changes) {
        Map<String, Object> config = new HashMap<>();
        config.put("provider", "SYSTEM");
        config.put("domain", "DIAGNOSTICS");
        config.put("template_name", "probe");
        config.put("schedule", cron);
        config.putAll(changes);
        return config;
    }

    static String config(Caller tenant, Map<String, ?> changes) {
        return tenant.post(CONFIGS, config("0 2 * * *", changes)).isOk().get("config_id");
    }

    static String past() {
        return House.aMomentAgo().toString();
    }

    static Instant now() {
        return InstantSource.system().instant();
    }

    static String in(int hours) {
        return now().plus(Duration.ofHours(hours)).toString();
    }

    @Override
    public void close() {
        server.close();
    }
}
