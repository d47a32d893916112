package dev.convergence.service.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.convergence.service.RunningServer;
import dev.convergence.service.e2e.EventReader.Event;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// What happens is told while it happens, to its tenant, and once.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class EventsTest {

    private static final String RUN = "/pipelines/run/%s/%s";
    private static final Map<String, Object> SAMPLE =
            Map.of("parameters", Map.of("source", "sample", "date", "2026-01-17"));

    private @Nullable RunningServer server;
    private House house;

    @BeforeAll
    void open(@TempDir Path folder) {
        server = RunningServer.start(folder, Map.of("CONVERGENCE_WORKERS", "2"));
        house = new House(server);
    }

    @AfterAll
    void close() {
        if (server != null) {
            server.close();
        }
    }

    @Test
    void a_run_tells_its_steps_and_each_line_of_its_log_once_and_then_its_end() {
        Caller tenant = house.onboard("events_run", "PROFESSIONAL");
        String run = start(tenant, "events_run", "aws/cost/cost_analysis", SAMPLE);

        try (EventReader reader = read(tenant, "/pipelines/runs/" + run + "/events", null)) {
            assertThat(reader.status()).isEqualTo(200);
            assertThat(reader.type()).startsWith("text/event-stream");
            List<Event> events = reader.until(event -> event.name().equals("end"));

            assertThat(numbers(events)).startsWith(1L).isSorted().doesNotHaveDuplicates();
            assertThat(states(events, "run").getLast()).isEqualTo("COMPLETED");
            assertThat(states(events, "step")).contains("COMPLETED");
            assertThat(events.getLast().name()).isEqualTo("end");
            assertThat(numbers(events)).hasSize(lines(tenant, run));
        }
    }

    @Test
    void a_client_that_was_cut_off_goes_on_behind_the_last_line_it_has() {
        Caller tenant = house.onboard("events_resume", "PROFESSIONAL");
        String run = start(tenant, "events_resume", "aws/cost/cost_analysis", SAMPLE);
        String path = "/pipelines/runs/" + run + "/events";

        List<Event> before;
        try (EventReader reader = read(tenant, path, null)) {
            before = reader.until(event -> event.name().equals("log"));
        }
        List<Event> after;
        try (EventReader reader = read(tenant, path, before.getLast().id())) {
            after = reader.until(event -> event.name().equals("end"));
        }
        List<Long> all = new ArrayList<>(numbers(before));
        all.addAll(numbers(after));
        assertThat(all).isSorted().doesNotHaveDuplicates().hasSize(lines(tenant, run));
    }

    @Test
    void a_tenant_hears_of_its_own_runs_jobs_and_queue_and_of_nobody_elses() {
        Caller tenant = house.onboard("events_own", "PROFESSIONAL");
        Caller other = house.onboard("events_else", "PROFESSIONAL");
        try (EventReader reader = read(tenant, "/events", null)) {
            reader.until(event -> event.name().equals("queue"));
            start(other, "events_else", "system/diagnostics/probe", Map.of());
            String run = start(tenant, "events_own", "system/diagnostics/probe", Map.of());
            String job =
                    tenant.post("/jobs", Map.of("type", "probe", "params", Map.of())).get("job_id");

            List<Event> runs = reader.until(EventsTest::isCompleted);
            List<Event> jobs = reader.until(event -> is(event, "job", "job_id", job));
            assertThat(runs.getLast().data().path("pipeline_logging_id").asString()).isEqualTo(run);
            assertThat(jobs.getLast().data().path("job_id").asString()).isEqualTo(job);
            assertThat(Stream.concat(runs.stream(), jobs.stream()))
                    .allSatisfy(event ->
                            assertThat(event.data().toString()).doesNotContain("events_else"));
        }
    }

    @Test
    void what_happened_while_nobody_listened_is_told_on_return() {
        Caller tenant = house.onboard("events_gap", "PROFESSIONAL");
        String last;
        try (EventReader reader = read(tenant, "/events", null)) {
            last = reader.until(event -> event.name().equals("queue")).getLast().id();
        }
        String run = start(tenant, "events_gap", "system/diagnostics/probe", Map.of());
        house.ended(tenant, run);
        try (EventReader reader = read(tenant, "/events", last)) {
            Event told = reader.until(EventsTest::isCompleted).getLast();
            assertThat(told.data().path("pipeline_logging_id").asString()).isEqualTo(run);
        }
        try (EventReader reader = read(tenant, "/events", "1000")) {
            assertThat(reader.until(event -> event.name().equals("reset")).getLast().name())
                    .isEqualTo("reset");
        }
    }

    @Test
    void a_backfill_tells_each_instant_as_it_moves_and_goes_on_where_it_was_cut_off() {
        Caller tenant = house.onboard("events_past", "PROFESSIONAL");
        Caller other = house.onboard("events_passed", "STARTER");
        String config = QuietServer.config(tenant, Map.of());
        LocalDate yesterday = LocalDate.ofInstant(QuietServer.now(), ZoneOffset.UTC).minusDays(1);
        String path = "/tenants/events_past/backfills";
        Map<String, Object> three =
                Map.of(
                        "config_id", config,
                        "start_date", yesterday.minusDays(2).toString(),
                        "end_date", yesterday.toString());
        String events = path + "/" + tenant.post(path, three).get("backfill_id") + "/events";
        other.get(events).isRefused(403, "FORBIDDEN");

        List<Event> before;
        try (EventReader reader = read(tenant, events, null)) {
            before = reader.until(event -> event.name().equals("instants"));
        }
        List<Event> after;
        try (EventReader reader = read(tenant, events, before.getLast().id())) {
            after = reader.until(event -> event.name().equals("end"));
        }
        assertThat(states(after, "backfill").getLast()).isEqualTo("COMPLETED");
        Map<String, String> instants = new HashMap<>();
        Stream.concat(before.stream(), after.stream())
                .flatMap(event -> event.data().path("instants").valueStream())
                .forEach(one ->
                        instants.put(
                                one.path("scheduled_time").asString(),
                                one.path("state").asString()));
        assertThat(instants.values()).containsExactly("COMPLETED", "COMPLETED", "COMPLETED");
        try (EventReader reader = read(tenant, events, after.getLast().id())) {
            assertThat(reader.until(_ -> false))
                    .extracting(Event::name)
                    .containsExactly("backfill", "end");
        }
    }

    @Test
    void an_operator_hears_of_a_node_that_is_drained() {
        String nodes = "/scheduler/nodes";
        Caller operator = Caller.operator(running());
        house.onboard("events_nodes", "STARTER")
                .get(nodes + "/events")
                .isRefused(401, "UNAUTHORIZED");
        try (EventReader reader = read(operator, nodes + "/events", null)) {
            JsonNode all = reader.until(event -> event.name().equals("nodes")).getLast().data();
            String node =
                    all.path("nodes")
                            .valueStream()
                            .filter(one -> one.path("is_answering").asBoolean())
                            .map(one -> one.path("node_id").asString())
                            .findFirst()
                            .orElseThrow();
            operator.post(nodes + "/" + node + "/drain", Map.of()).isOk();
            reader.until(event ->
                    is(event, "node", "node_id", node)
                            && event.data().path("is_draining").asBoolean());
            operator.post(nodes + "/" + node + "/resume", Map.of()).isOk();
            assertThat(
                            reader.until(event ->
                                            is(event, "node", "node_id", node)
                                                    && !event.data()
                                                            .path("is_draining")
                                                            .asBoolean())
                                    .getLast()
                                    .data()
                                    .path("state")
                                    .asString())
                    .isEqualTo("ALIVE");
        }
    }

    @Test
    void another_tenants_run_is_as_unknown_as_one_that_never_was() {
        Caller tenant = house.onboard("events_mine", "STARTER");
        Caller other = house.onboard("events_theirs", "STARTER");
        String run = start(tenant, "events_mine", "system/diagnostics/probe", Map.of());
        String path = "/pipelines/runs/" + run + "/events";
        other.get(path).isRefused(404, "RESOURCE_NOT_FOUND");
        other.get("/job-runs/" + run + "/events").isRefused(404, "RESOURCE_NOT_FOUND");
        Caller.nobody(running()).get(path).isRefused(401, "UNAUTHORIZED");
        tenant.with("Last-Event-ID", "-1").get(path).isRefused(422, "INVALID_FIELD");
    }

    @Test
    void a_tenant_has_a_bounded_number_of_streams() {
        Caller tenant = house.onboard("events_many", "STARTER");
        List<EventReader> open = new ArrayList<>();
        try {
            for (int i = 0; i < 20; i++) {
                open.add(read(tenant, "/events", null));
            }
            assertThat(open).allMatch(reader -> reader.status() == 200);
            tenant.get("/events").isRefused(429, "RATE_LIMIT_EXCEEDED");
            house.onboard("events_others", "STARTER").get("/me").isOk();
        } finally {
            open.forEach(EventReader::close);
        }
    }

    @Test
    void a_stream_ends_soon_after_its_key_was_revoked() {
        Caller tenant = house.onboard("events_revoked", "STARTER");
        Answer issued =
                tenant.post("/tenants/events_revoked/api-keys", Map.of("key_name", "stream"));
        Caller watching = Caller.tenant(running(), issued.get("api_key"));
        try (EventReader reader = read(watching, "/events", null)) {
            reader.until(event -> event.name().equals("queue"));
            tenant.delete("/tenants/events_revoked/api-keys/" + issued.get("api_key_id")).isOk();
            assertThat(reader.until(_ -> false)).isEmpty();
        }
    }

    @Test
    void a_node_that_stops_lets_its_watchers_go(@TempDir Path folder) {
        RunningServer stopping = RunningServer.start(folder, Map.of("CONVERGENCE_WORKERS", "0"));
        try {
            Caller tenant = new House(stopping).onboard("events_stop", "STARTER");
            try (EventReader reader = new EventReader(stopping, tenant, "/events", null)) {
                reader.until(event -> event.name().equals("queue"));
                Instant before = InstantSource.system().instant();
                stopping.close();
                assertThat(reader.until(_ -> false)).isEmpty();
                assertThat(InstantSource.system().instant()).isBefore(before.plusSeconds(25));
            }
        } finally {
            stopping.close();
        }
    }

    private EventReader read(Caller caller, String path, @Nullable String last) {
        return new EventReader(running(), caller, path, last);
    }

    private RunningServer running() {
        return Objects.requireNonNull(server);
    }

    private static String start(
            Caller tenant, String id, String template, Map<String, Object> body) {
        return tenant.post(RUN.formatted(id, template), body).isOk().get("pipeline_logging_id");
    }

    private static boolean isCompleted(Event event) {
        return is(event, "run", "state", "COMPLETED");
    }

    private static boolean is(Event event, String name, String field, String value) {
        return event.name().equals(name) && event.data().path(field).asString("").equals(value);
    }

    private static List<String> states(List<Event> events, String name) {
        return events.stream()
                .filter(event -> event.name().equals(name))
                .map(event -> event.data().path("state").asString())
                .toList();
    }

    private static List<Long> numbers(List<Event> events) {
        return events.stream()
                .filter(event -> event.name().equals("log"))
                .flatMap(event -> event.data().path("lines").valueStream())
                .map(line -> line.path("number").asLong())
                .toList();
    }

    private static int lines(Caller tenant, String run) {
        return (int) tenant.get("/pipelines/runs/" + run + "/log").text().lines().count();
    }
}
