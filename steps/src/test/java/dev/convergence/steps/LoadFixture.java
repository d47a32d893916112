package dev.convergence.steps;

import static org.assertj.core.api.Assertions.assertThat;

import dev.convergence.engine.id.JobId;
import dev.convergence.engine.id.TenantId;
import dev.convergence.engine.step.DateWindow;
import dev.convergence.engine.step.Step;
import dev.convergence.engine.step.StepOutcome;
import dev.convergence.steps.duckdb.DuckDbWarehouse;
import dev.convergence.steps.duckdb.Staging;
import dev.convergence.steps.http.AddressGuard;
import dev.convergence.steps.http.HttpLimits;
import dev.convergence.steps.http.HttpSource;
import dev.convergence.steps.http.ReportApi;
import dev.convergence.steps.landing.LandingZone;
import dev.convergence.steps.source.CloudApis;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// A tenant with a landing zone and a data set, and the pipelines that load bills into it.
public final class LoadFixture {

    public static final TenantId ACME = new TenantId("acme_corp");
    public static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");

    public final Path directory;
    public final LandingZone landing;
    public final DuckDbWarehouse warehouse;
    public final List<String> log = new ArrayList<>();
    public final List<Long> pauses = new ArrayList<>();
    public Map<String, Object> credential = Map.of();

    /// Whether files are taken for longer than a run's share of memory.
    public boolean longLoads;

    /// What happens when a run asks whether it may still go on.
    public Runnable confirm = () -> {};

    /// What happens when a step looks whether it is to stop.
    public Runnable look = () -> {};

    private final CloudApis apis;
    private int runs;

    public LoadFixture(Path directory) {
        this(directory, URI.create("http://127.0.0.1:9"), URI.create("http://127.0.0.1:9"));
    }

    /// @param openAi where OpenAI is asked
    /// @param anthropic where Anthropic is asked
    public LoadFixture(Path directory, URI openAi, URI anthropic) {
        this.directory = directory;
        this.apis =
                new CloudApis(
                        new ReportApi(HttpLimits.PAGE),
                        openAi,
                        anthropic,
                        directory.resolve("checkpoints"),
                        (time, _) -> pauses.add(time.toSeconds()));
        this.landing = new LandingZone(directory.resolve("landing"));
        this.warehouse =
                new DuckDbWarehouse(
                        directory.resolve("warehouse"),
                        (_, _, _) -> {
                            throw new IllegalStateException("queries are not tested here");
                        });
        warehouse.create(ACME);
    }

    public Path land(String name, String content) throws IOException {
        return land(name, content.getBytes(java.nio.charset.StandardCharsets.UTF_8));
    }

    public Path land(String name, byte[] content) throws IOException {
        Path file = landing.root().resolve(ACME.value()).resolve(name);
        Files.createDirectories(file.getParent());
        return Files.write(file, content);
    }

    /// Extract, convert when there is a raw table, publish; stops at the first step that fails.
    public StepOutcome load(Bill bill, Map<String, Object> parameters) {
        return load(bill, parameters, yesterday());
    }

    public StepOutcome load(Bill bill, Map<String, Object> parameters, DateWindow window) {
        try (TestRun run = run(bill, parameters, window)) {
            Staging.of(run.context(Map.of()), longLoads ? Long.MAX_VALUE : 0);
            StepOutcome last = run.step("source.extract", bill.extract());
            if (last instanceof StepOutcome.Done && !bill.mapping.isEmpty()) {
                last =
                        run.step(
                                "focus.convert",
                                Map.of("from", bill.table, "mapping", bill.mapping));
            }
            return last instanceof StepOutcome.Done
                    ? run.step("warehouse.publish", Map.of("tables", bill.tables()))
                    : last;
        }
    }

    public TestRun run(Bill bill, Map<String, Object> parameters, DateWindow window) {
        Path workspace = directory.resolve("run-" + runs++);
        Map<String, Step> steps = new LinkedHashMap<>();
        StepLibrary.steps(
                        warehouse,
                        landing,
                        (_, _, _, _, _) -> List.of(directory.resolve("landing/sample.jsonl")),
                        new HttpSource(new AddressGuard(true), HttpLimits.DEFAULT),
                        apis,
                        Duration.ofDays(90))
                .forEach(step -> steps.put(step.type(), step));
        return new TestRun(
                steps,
                workspace,
                bill,
                parameters,
                window,
                JobId.next(NOW.plusSeconds(runs)).run(),
                log,
                credential,
                () -> confirm.run(),
                () -> look.run());
    }

    public static DateWindow yesterday() {
        return new DateWindow(LocalDate.of(2026, 11, 21), LocalDate.of(2026, 11, 21), false);
    }

    public static DateWindow days(String start, String end) {
        return new DateWindow(LocalDate.parse(start), LocalDate.parse(end), true);
    }

    public static void assertDone(StepOutcome outcome) {
        assertThat(outcome).isInstanceOf(StepOutcome.Done.class);
    }

    public static String failure(StepOutcome outcome) {
        assertThat(outcome).isInstanceOf(StepOutcome.Failed.class);
        return ((StepOutcome.Failed) outcome).message();
    }

    /// Every row of a query on the data set, its values as text.
    public List<List<String>> rows(String sql) throws SQLException {
        Path file = directory.resolve("warehouse/" + ACME + ".duckdb");
        try (var connection = DriverManager.getConnection("jdbc:duckdb:" + file);
                var statement = connection.createStatement();
                var rows = statement.executeQuery(sql)) {
            List<List<String>> all = new ArrayList<>();
            int width = rows.getMetaData().getColumnCount();
            while (rows.next()) {
                List<String> row = new ArrayList<>();
                for (int i = 1; i <= width; i++) {
                    row.add(String.valueOf(rows.getString(i)));
                }
                all.add(row);
            }
            return all;
        }
    }

    /// The bytes of the data set.
    public byte[] dataSet() throws IOException {
        return Files.readAllBytes(directory.resolve("warehouse/" + ACME + ".duckdb"));
    }

    /// Changes the data set behind the loads' back.
    public void alter(String sql) throws SQLException {
        Path file = directory.resolve("warehouse/" + ACME + ".duckdb");
        try (var connection = DriverManager.getConnection("jdbc:duckdb:" + file);
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    public BigDecimal number(String sql) throws SQLException {
        return new BigDecimal(rows(sql).getFirst().getFirst());
    }

    /// A provider's bill, its raw table and its FOCUS mapping (empty for none).
    public enum Bill {
        GCP("gcp", "cost", "gcp_billing", "billing_cost_daily", "gcp_billing"),
        AWS("aws", "cost", "aws_cur", "aws_cost_line_items", "aws_cur"),
        AZURE("azure", "cost", "azure_cost", "azure_cost_details", "azure_cost"),
        OCI("oci", "cost", "oci_cost", "oci_cost_lines", "oci_cost"),
        FOCUS("focus", "cost", "focus", "focus_cost_usage", ""),
        OPENAI("openai", "observability", "openai_usage", "ai_usage_daily", "openai_usage"),
        CLAUDE("claude", "observability", "claude_usage", "ai_usage_daily", "claude_usage"),
        FINDINGS("gcp", "security", "gcp_findings", "findings", ""),
        POLICIES("azure", "compliance", "azure_policy_states", "policy_states", ""),
        HUB("aws", "security", "aws_security_hub", "findings", ""),
        ASSESSMENTS("azure", "security", "azure_assessments", "findings", ""),
        ASSETS("gcp", "inventory", "gcp_assets", "cloud_assets", "");

        public final String provider;
        public final String domain;
        final String format;
        public final String table;
        final String mapping;

        Bill(String provider, String domain, String format, String table, String mapping) {
            this.provider = provider;
            this.domain = domain;
            this.format = format;
            this.table = table;
            this.mapping = mapping;
        }

        public Map<String, Object> extract() {
            Map<String, Object> also =
                    mapping.isEmpty() ? Map.of() : Map.of("focus", "focus_cost_usage");
            return Map.of("format", format, "table", table, "also", also);
        }

        public List<String> tables() {
            return mapping.isEmpty() ? List.of(table) : List.of(table, "focus_cost_usage");
        }
    }
}
