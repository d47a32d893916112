package dev.convergence.service.http.health;

import static org.assertj.core.api.Assertions.assertThat;

import dev.convergence.engine.sql.Database;
import dev.convergence.engine.sql.Migrations;
import dev.convergence.service.MigratedDatabase;
import dev.convergence.service.http.HttpSettings;
import dev.convergence.service.http.health.HealthDetailRoutes.Check;
import dev.convergence.service.http.health.HealthDetailRoutes.Details;
import dev.convergence.service.http.health.Inspection.Found;
import dev.convergence.steps.http.AddressGuard;
import dev.convergence.steps.mail.MailServer;
import dev.convergence.steps.mail.MailServer.Security;
import dev.convergence.testkit.TestPostgres;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What an operator is told of an installation.
class HealthDetailsTest {

    private static final InstantSource CLOCK = () -> Instant.EPOCH;
    private static final String SCHEMA = "&currentSchema=convergence";

    @Test
    void what_cannot_be_looked_at_fails_and_its_reason_stays_in_the_log() {
        Details details =
                details(
                        new Inspection("good", () -> Found.ok("fine")),
                        new Inspection(
                                "broken",
                                () -> {
                                    throw new IllegalStateException("postgresql://u:secret@h/d");
                                }));

        assertThat(details.status()).isEqualTo("failing");
        assertThat(details.checks()).extracting(Check::state).containsExactly("OK", "FAIL");
        assertThat(details.toString()).doesNotContain("secret");
    }

    @Test
    void a_migrated_database_is_well_and_one_that_is_not_says_how_many_are_missing() {
        DataSource source = TestPostgres.dataSource(TestPostgres.freshDatabase());
        assertThat(states(source, InstantSource.system())).containsExactly("OK", "FAIL", "OK");

        Migrations.migrate(source);
        assertThat(states(source, InstantSource.system())).containsExactly("OK", "OK", "OK");
    }

    @Test
    void a_clock_that_is_off_is_warned_of() {
        DataSource source = TestPostgres.dataSource(TestPostgres.freshDatabase());
        InstantSource late = () -> InstantSource.system().instant().minus(Duration.ofMinutes(1));

        assertThat(states(source, late).getLast()).isEqualTo("WARN");
    }

    @Test
    void a_slow_answer_does_not_make_a_clock_suspect() {
        DataSource source = TestPostgres.dataSource(TestPostgres.freshDatabase());
        AtomicInteger looks = new AtomicInteger();
        InstantSource stopped =
                () -> InstantSource.system().instant().plusSeconds(10L * looks.getAndIncrement());

        assertThat(states(source, stopped).getLast()).isEqualTo("OK");
    }

    @Test
    void a_landing_folder_that_is_not_there_is_warned_of(@TempDir Path folder) {
        assertThat(found(new FolderInspection(folder, folder).all().getLast())).isEqualTo("OK");
        assertThat(found(new FolderInspection(folder, folder.resolve("x")).all().getLast()))
                .isEqualTo("WARN");
    }

    @Test
    void duckdb_works_without_the_network(@TempDir Path folder) {
        Found works = look(new WarehouseInspection(folder.resolve("warehouse")).one());
        assertThat(works.state()).as(works.detail()).isEqualTo("OK");
        assertThat(works.detail()).contains("json", "parquet", "icu");
    }

    @Test
    void egress_is_looked_at_where_an_active_pipeline_needs_it() throws IOException {
        String url = MigratedDatabase.url();
        Database database = new Database(TestPostgres.dataSource(url + SCHEMA));
        try (ServerSocket vendor = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            EgressInspection egress = egress(database, vendor.getLocalPort());
            assertThat(look(egress.one()).state()).isEqualTo("SKIPPED");

            pipeline(database, "OPENAI", "{\"source\": \"cloud\"}");
            assertThat(look(egress.one()).state()).isEqualTo("OK");
            vendor.close();
            assertThat(look(egress.one()).state()).isEqualTo("FAIL");
        }
    }

    @Test
    void a_tenants_url_that_leads_nowhere_warns_and_does_not_fail() {
        Database database = new Database(TestPostgres.dataSource(MigratedDatabase.url() + SCHEMA));
        pipeline(
                database,
                "FOCUS",
                "{\"source\": \"http\", \"url\": \"https://127.0.0.1:1/bill.csv\"}");

        Found found = look(egress(database, 1).one());
        assertThat(found.state()).isEqualTo("WARN");
        assertThat(found.detail()).contains("127.0.0.1:1");
    }

    private static EgressInspection egress(Database database, int port) {
        URI vendor = URI.create("http://127.0.0.1:" + port);
        return new EgressInspection(
                database, Map.of("OPENAI", vendor, "CLAUDE", vendor), new AddressGuard(false));
    }

    private static void pipeline(Database database, String provider, String parameters) {
        database.transact(handle -> {
            handle.execute(
                    "INSERT INTO tenant VALUES ('acme', 'A company', 'a@example.com', 'ACTIVE',"
                            + " NULL, now(), now())");
            handle.execute(
                    "INSERT INTO pipeline_config (config_id, tenant_id, provider, domain,"
                            + " template_name, pipeline_name, schedule_cron, parameters,"
                            + " created_at, updated_at) VALUES (gen_random_uuid(), 'acme', ?, 'COST',"
                            + " 'x', 'x', '0 2 * * *', ?::jsonb, now(), now())",
                    provider,
                    parameters);
        });
    }

    private static Found look(Inspection inspection) {
        Check check = details(inspection).checks().getFirst();
        return new Found(check.state(), check.detail(), check.mend());
    }

    @Test
    void rules_of_time_zones_that_are_years_old_are_warned_of() {
        InstantSource later = () -> InstantSource.system().instant().plus(Duration.ofDays(3_650));

        assertThat(found(new ZoneInspection(InstantSource.system()).one())).isEqualTo("OK");
        assertThat(found(new ZoneInspection(later).one())).isEqualTo("WARN");
    }

    @Test
    void a_mail_server_is_known_by_its_greeting() throws Exception {
        assertThat(mail(null)).isEqualTo("SKIPPED");
        assertThat(mail(greeting("220 mail.example\r\n"))).isEqualTo("OK");
        assertThat(mail(greeting("HTTP/1.1 400\r\n"))).isEqualTo("FAIL");
        try (ServerSocket free = new ServerSocket(0)) {
            int port = free.getLocalPort();
            free.close();
            assertThat(mail(port)).isEqualTo("FAIL");
        }
    }

    private static Details details(Inspection... inspections) {
        HttpSettings settings = new HttpSettings("1", "test", List.of(), false, false, List.of());
        return new HealthDetailRoutes(settings, CLOCK, List.of(inspections)).details();
    }

    private static List<String> states(DataSource source, InstantSource clock) {
        return new DatabaseInspection(source, new Database(source), clock)
                .all().stream().map(HealthDetailsTest::found).toList();
    }

    private static String mail(@Nullable Integer port) {
        return found(
                new MailInspection(Optional.ofNullable(port).map(HealthDetailsTest::at)).one());
    }

    private static MailServer at(int port) {
        return new MailServer("127.0.0.1", port, Security.OFFERED, null, null, "a@b.example");
    }

    private static String found(Inspection inspection) {
        return details(inspection).checks().getFirst().state();
    }

    /// Greets one caller, and answers its port.
    private static int greeting(String text) throws IOException {
        ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        Thread.ofVirtual()
                .start(() -> {
                    try (server;
                            var caller = server.accept()) {
                        caller.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
                    } catch (IOException e) {
                        throw new java.io.UncheckedIOException(e);
                    }
                });
        return server.getLocalPort();
    }
}
