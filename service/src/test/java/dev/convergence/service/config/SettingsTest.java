package dev.convergence.service.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.convergence.steps.mail.MailServer;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SettingsTest {

    private static final String MASTER = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";

    @TempDir Path data;

    @Test
    void without_any_variable_everything_has_its_default() {
        Settings settings = read(Map.of());

        assertThat(settings.embedded()).isTrue();
        assertThat(settings.keys()).isEqualTo(new Keys(List.of(), null, false));
        assertThat(settings.execution().workers()).isGreaterThanOrEqualTo(4);
        assertThat(settings.execution().tick()).isEqualTo(Duration.ofSeconds(10));
        assertThat(settings.execution().pollInterval()).isEqualTo(Duration.ofSeconds(1));
        assertThat(settings.execution().pipelineRetryBase()).isEqualTo(Duration.ofSeconds(60));
        assertThat(settings.execution().jobRetryBase()).isEqualTo(Duration.ofSeconds(10));
        assertThat(settings.execution().retryJitter()).isEqualTo(new BigDecimal("0.1"));
        assertThat(settings.execution().lease()).isEqualTo(Duration.ofSeconds(30));
        assertThat(settings.execution().pools()).isEqualTo(Map.of("ollama-local", 1));
        assertThat(settings.doors()).isEqualTo(new Doors(true, false, List.of()));
        assertThat(settings.storage())
                .isEqualTo(
                        new Storage(
                                data.resolve("warehouse"), data.resolve("landing"), null, null));
        assertThat(settings.keeping()).isEqualTo(new Keeping(90, 30, 400, 400));
        assertThat(settings.models())
                .isEqualTo(
                        new ModelVendors(
                                vendor("https://api.anthropic.com", null),
                                vendor("https://api.openai.com/v1", null),
                                vendor("https://generativelanguage.googleapis.com", null),
                                vendor("http://localhost:11434", null)));
        assertThat(settings.mail()).isNull();
    }

    private static ModelVendor vendor(String base, @Nullable String key) {
        return new ModelVendor(URI.create(base), key == null ? null : new Secret(key));
    }

    @Test
    void every_variable_arrives_where_it_belongs() {
        Map<String, String> environment = new HashMap<>();
        environment.put("DATABASE_URL", "postgresql://ada:s3cret@db.example:6543/live");
        environment.put("ADMIN_API_KEY", "old-key, new-key");
        environment.put("CONVERGENCE_MASTER_KEY", MASTER);
        environment.put("CONVERGENCE_OPEN_ONBOARDING", "TRUE");
        environment.put("CONVERGENCE_WORKERS", "0");
        environment.put("CONVERGENCE_TICK", "off");
        environment.put("CONVERGENCE_POLL_INTERVAL", "PT0.5S");
        environment.put("CONVERGENCE_RETRY_BASE", "PT1S");
        environment.put("CONVERGENCE_RETRY_JITTER", "0");
        environment.put("CONVERGENCE_LEASE", "PT5S");
        environment.put("CONVERGENCE_POOLS", "gpu=2,ollama-local=3");
        environment.put("CONVERGENCE_RETENTION_RUNS", "P12W");
        environment.put("CONVERGENCE_RETENTION_LOGS", "P1D");
        environment.put("CONVERGENCE_RETENTION_SLOTS", "PT2400H");
        environment.put("CONVERGENCE_RATE_LIMIT", "off");
        environment.put("CONVERGENCE_WEBHOOK_ALLOW_PRIVATE", "true");
        environment.put("CONVERGENCE_WAREHOUSE", "duckdb");
        environment.put("CONVERGENCE_LANDING_DIR", data.resolve("bills").toString());
        environment.put("CONVERGENCE_TEMPLATE_DIR", data.toString());
        environment.put("CORS_ORIGINS", "[\"https://a.example\", \"http://localhost:3000\"]");
        environment.put("ANTHROPIC_BASE_URL", "http://localhost:9/anthropic");
        environment.put("ANTHROPIC_API_KEY", "key-a");
        environment.put("OPENAI_BASE_URL", "http://localhost:9/openai/v1");
        environment.put("OPENAI_API_KEY", "key-o");
        environment.put("GEMINI_BASE_URL", "http://localhost:9/gemini");
        environment.put("GEMINI_API_KEY", "key-g");
        environment.put("OLLAMA_BASE_URL", "http://gpu.example:11434");
        environment.put("SMTP_URL", "smtp://mail.example");

        Settings settings = read(environment);

        assertThat(settings.database())
                .isEqualTo(
                        new DatabaseAddress(
                                "jdbc:postgresql://db.example:6543/live",
                                "ada",
                                new Secret("s3cret")));
        assertThat(settings.keys())
                .isEqualTo(
                        new Keys(
                                List.of(new Secret("old-key"), new Secret("new-key")),
                                new Secret(MASTER),
                                true));
        assertThat(settings.execution())
                .isEqualTo(
                        new Execution(
                                0,
                                null,
                                Duration.ofMillis(500),
                                Duration.ofSeconds(1),
                                Duration.ofSeconds(1),
                                BigDecimal.ZERO,
                                Duration.ofSeconds(5),
                                Map.of("gpu", 2, "ollama-local", 3),
                                null));
        assertThat(settings.doors())
                .isEqualTo(
                        new Doors(
                                false,
                                true,
                                List.of("https://a.example", "http://localhost:3000")));
        assertThat(settings.storage())
                .isEqualTo(
                        new Storage(data.resolve("warehouse"), data.resolve("bills"), data, null));
        assertThat(settings.keeping()).isEqualTo(new Keeping(84, 1, 100, 400));
        assertThat(settings.models())
                .isEqualTo(
                        new ModelVendors(
                                vendor("http://localhost:9/anthropic", "key-a"),
                                vendor("http://localhost:9/openai/v1", "key-o"),
                                vendor("http://localhost:9/gemini", "key-g"),
                                vendor("http://gpu.example:11434", null)));
        assertThat(settings.mail())
                .isEqualTo(
                        new MailServer(
                                "mail.example",
                                587,
                                MailServer.Security.OFFERED,
                                null,
                                null,
                                "convergence@mail.example"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "DATABASE_URL | mysql://u:hidden@h/db",
                "DATABASE_URL | postgresql://u:hidden@h:port/db",
                "DATABASE_URL | postgresql:///",
                "ADMIN_API_KEY | ,",
                "ADMIN_API_KEY | hidden key",
                "CONVERGENCE_MASTER_KEY | hidden",
                "CONVERGENCE_MASTER_KEY | aGlkZGVu",
                "CONVERGENCE_KMS_KEY_URI | gcp-kms://projects/p",
                "CONVERGENCE_OPEN_ONBOARDING | yes",
                "CONVERGENCE_WORKERS | -1",
                "CONVERGENCE_WORKERS | many",
                "CONVERGENCE_TICK | 10",
                "CONVERGENCE_TICK | PT0S",
                "CONVERGENCE_POLL_INTERVAL | PT-1S",
                "CONVERGENCE_RETRY_BASE | -PT1S",
                "CONVERGENCE_RETRY_JITTER | 1.1",
                "CONVERGENCE_RETRY_JITTER | NaN",
                "CONVERGENCE_LEASE | PT0.1S",
                "CONVERGENCE_POOLS | gpu",
                "CONVERGENCE_POOLS | gpu=0",
                "CONVERGENCE_POOLS | gpu=1,gpu=2",
                "CONVERGENCE_RETENTION_RUNS | PT0S",
                "CONVERGENCE_RETENTION_RUNS | P3M",
                "CONVERGENCE_RETENTION_LOGS | PT36H",
                "CONVERGENCE_RETENTION_LOGS | 30",
                "CONVERGENCE_RETENTION_SLOTS | -P1D",
                "CONVERGENCE_RATE_LIMIT | true",
                "CONVERGENCE_WEBHOOK_ALLOW_PRIVATE | 1",
                "CONVERGENCE_WAREHOUSE | bigquery",
                "CONVERGENCE_WAREHOUSE | oracle",
                "CONVERGENCE_TEMPLATE_DIR | /nowhere/at/all",
                "OPENAI_BASE_URL | api.openai.com",
                "ANTHROPIC_BASE_URL | https://hidden@api.anthropic.com",
                "GEMINI_BASE_URL | https://g.example?key=hidden",
                "OLLAMA_BASE_URL | file:///tmp/ollama",
                "OPENAI_API_KEY | hidden key",
                "CORS_ORIGINS | a.example",
                "CORS_ORIGINS | https://a.example/path",
                "CORS_ORIGINS | [1"
            })
    void a_value_that_makes_no_sense_is_refused_with_its_name(String name, String value) {
        Map<String, String> environment = new HashMap<>(Map.of(name, value));
        environment.putIfAbsent("CONVERGENCE_MASTER_KEY", MASTER);

        assertThatThrownBy(() -> read(environment))
                .isInstanceOfSatisfying(
                        SettingsRefused.class,
                        refused ->
                                assertThat(refused.problems())
                                        .singleElement()
                                        .asString()
                                        .startsWith(name + ": ")
                                        .doesNotContain("hidden"));
    }

    @Test
    void all_problems_are_told_at_once() {
        assertThatThrownBy(() ->
                        read(
                                Map.of(
                                        "CONVERGENCE_TICK", "soon",
                                        "CONVERGENCE_LEASE", "long")))
                .hasMessageContaining("CONVERGENCE_TICK")
                .hasMessageContaining("CONVERGENCE_LEASE");
    }

    @Test
    void a_misspelt_name_is_refused_and_the_right_one_named() {
        assertThatThrownBy(() -> read(Map.of("CONVERGENCE_WORKER", "2")))
                .hasMessage("CONVERGENCE_WORKER is not known. Did you mean CONVERGENCE_WORKERS?");
    }

    @Test
    void names_of_others_and_of_the_command_line_are_left_alone() {
        read(Map.of("PATH", "/bin", "CONVERGENCE_SERVER", "x", "CONVERGENCE_API_KEY", "y"));
    }

    @Test
    void an_empty_value_counts_as_unset() {
        assertThat(read(Map.of("DATABASE_URL", " ")).embedded()).isTrue();
    }

    @Test
    void a_database_of_ones_own_needs_a_master_key() {
        assertThatThrownBy(() -> read(Map.of("DATABASE_URL", "postgresql://u@h/db")))
                .hasMessageContaining("CONVERGENCE_MASTER_KEY must be set");
    }

    @Test
    void the_environment_wins_over_the_file() throws IOException {
        Path file =
                file(
                        """
                        CONVERGENCE_WORKERS: 3
                        CONVERGENCE_RATE_LIMIT: off
                        ADMIN_API_KEY: 0123
                        CORS_ORIGINS: [https://a.example, https://b.example]
                        """);

        Settings settings = Settings.read(Map.of("CONVERGENCE_WORKERS", "5"), file, data);

        assertThat(settings.execution().workers()).isEqualTo(5);
        assertThat(settings.doors())
                .isEqualTo(
                        new Doors(false, false, List.of("https://a.example", "https://b.example")));
        assertThat(settings.keys().admin()).containsExactly(new Secret("0123"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "PORT: 80 | PORT is not known",
                "CONVERGENCE_TIK: PT1S | Did you mean CONVERGENCE_TICK?",
                "convergence_workers: 2 | Did you mean CONVERGENCE_WORKERS?",
                "'- a' | NAME: value",
                "'a: [' | is not YAML",
                "'CONVERGENCE_POOLS: {gpu: 1}' | write one text"
            })
    void a_file_with_anything_else_is_refused(String content, String expected) throws IOException {
        Path file = file(content);

        assertThatThrownBy(() -> Settings.read(Map.of(), file, data))
                .isInstanceOf(SettingsRefused.class)
                .hasMessageContaining(expected);
    }

    @Test
    void a_file_that_is_not_there_is_refused() {
        assertThatThrownBy(() -> Settings.read(Map.of(), data.resolve("none.yml"), data))
                .hasMessageContaining("cannot be read");
    }

    @Test
    void secrets_never_print() {
        Settings settings =
                read(
                        Map.of(
                                "DATABASE_URL", "postgresql://u:hidden@h/db?sslmode=require",
                                "ADMIN_API_KEY", "hidden",
                                "CONVERGENCE_MASTER_KEY", MASTER,
                                "OPENAI_API_KEY", "hidden"));

        assertThat(settings.toString()).doesNotContain("hidden").doesNotContain(MASTER);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            value = {
                "postgresql://u:p%40%2Fs+s@h/db | jdbc:postgresql://h/db | u | p@/s+s",
                "postgres://u:p@[::1]:5433/db | jdbc:postgresql://[::1]:5433/db | u | p",
                "postgresql://u@h | jdbc:postgresql://h/u | u | -",
                "postgresql://u:p@h1:1,h2:2/db | jdbc:postgresql://h1:1,h2:2/db | u | p",
                "postgresql://u:p@h/db?sslmode=require&connect_timeout=3 |"
                        + " jdbc:postgresql://h/db?sslmode=require&connectTimeout=3 | u | p",
                "jdbc:postgresql://h:1/db?user=u&password=p%26q&ssl=true |"
                        + " jdbc:postgresql://h:1/db?ssl=true | u | p&q",
                "jdbc:postgresql://h/db | jdbc:postgresql://h/db | - | -"
            })
    void both_spellings_of_a_database_url_are_read(
            String given, String url, String user, String password) {
        DatabaseAddress address = DatabaseUrl.parse(given);

        assertThat(address.jdbcUrl()).isEqualTo(url);
        assertThat(address.user()).isEqualTo(user);
        assertThat(address.password()).isEqualTo(password == null ? null : new Secret(password));
    }

    @Test
    void missing_keys_are_made_once_and_kept_private() throws IOException {
        Keys none = read(Map.of()).keys();

        Keys made = GeneratedKeys.complete(none, data);

        assertThat(GeneratedKeys.complete(none, data)).isEqualTo(made);
        assertThat(made.admin()).hasSize(1);
        assertThat(Objects.requireNonNull(made.master()).reveal()).hasSize(44);
        for (String name : new String[] {"admin.key", "master.key"}) {
            assertThat(Files.getPosixFilePermissions(data.resolve(name))).hasSize(2);
        }
    }

    @Test
    void a_key_file_that_was_damaged_is_refused() throws IOException {
        Keys none = read(Map.of()).keys();
        Files.writeString(data.resolve("master.key"), "short");

        assertThatThrownBy(() -> GeneratedKeys.complete(none, data))
                .hasMessageContaining("master.key: The key must be 32 random bytes");
    }

    private Settings read(Map<String, String> environment) {
        return Settings.read(environment, null, data);
    }

    private Path file(String content) throws IOException {
        return Files.writeString(data.resolve("settings.yml"), content);
    }
}
