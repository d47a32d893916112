package dev.convergence.service.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.convergence.engine.sql.Database;
import dev.convergence.engine.sql.Json;
import dev.convergence.service.http.notification.Mishaps;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// What becomes of the refusals that nobody else writes down.
class MishapsTest {

    private static final int RUNS_A_MINUTE = 50;

    private static final Database DATABASE = PlatformServer.bean(Database.class);
    private static final Mishaps MISHAPS = PlatformServer.bean(Mishaps.class);

    @BeforeAll
    static void two_ask_to_be_told_and_one_does_not() {
        for (String tenant : List.of("noisy", "unlucky", "silent")) {
            DATABASE.transact(handle ->
                    handle.execute(
                            "INSERT INTO tenant VALUES (?, 'A company', 'a@example.com', 'ACTIVE',"
                                    + " NULL, now(), now())",
                            tenant));
        }
        List.of("noisy", "unlucky").forEach(MishapsTest::ask);
    }

    private static void ask(String tenant) {
        DATABASE.transact(handle ->
                handle.execute(
                        "INSERT INTO notification_rule (rule_id, tenant_id, name, events,"
                                + " channel_ids, late_seconds, days_before, run_states, is_enabled,"
                                + " created_at, updated_at) VALUES (?, ?, 'r',"
                                + " '{rate_limit_exceeded,system_error}', '{}', 300, 14, '{}', true,"
                                + " now(), now())",
                        UUID.randomUUID(),
                        tenant));
    }

    @Test
    void many_refusals_for_coming_too_often_are_one_note() {
        for (int i = 0; i < RUNS_A_MINUTE + 3; i++) {
            Wire.post("/api/v1/pipelines/run/x", "{}", "X-API-Key", "noisy");
        }
        note();

        assertThat(notes("noisy"))
                .singleElement()
                .satisfies(note -> {
                    assertThat(note.get("event")).isEqualTo("RATE_LIMIT_EXCEEDED");
                    assertThat(data(note).get("count")).isEqualTo(3);
                    assertThat(data(note).get("request")).isEqualTo("POST /api/v1/pipelines/run/x");
                });
        note();
        assertThat(notes("noisy")).hasSize(1);
    }

    @Test
    void a_fault_of_ours_is_noted_with_the_request_id_and_without_its_cause() {
        String id =
                Wire.get("/api/v1/own-bug", "X-API-Key", "unlucky")
                        .isProblem(500, "INTERNAL_ERROR")
                        .json()
                        .path("request_id")
                        .asString();
        note();

        assertThat(notes("unlucky"))
                .singleElement()
                .satisfies(note -> {
                    assertThat(note.get("event")).isEqualTo("SYSTEM_ERROR");
                    assertThat(data(note).get("request_id")).isEqualTo(id);
                    assertThat(note.toString()).doesNotContain("password");
                });
    }

    @Test
    void whoever_asked_for_nothing_costs_nothing() {
        Wire.get("/api/v1/own-bug", "X-API-Key", "silent").isProblem(500, "INTERNAL_ERROR");
        note();

        assertThat(notes("silent")).isEmpty();
    }

    private static void note() {
        MISHAPS.runOnce(PlatformServer.NOW);
    }

    private static List<Map<String, Object>> notes(String tenant) {
        return DATABASE.read(handle ->
                handle.createQuery(
                                "SELECT payload FROM outbox WHERE tenant_id = :tenant"
                                        + " ORDER BY outbox_id")
                        .bind("tenant", tenant)
                        .map((row, _) -> Json.object(row.getString(1)))
                        .list());
    }

    private static Map<?, ?> data(Map<String, Object> note) {
        return (Map<?, ?>) Objects.requireNonNull(note.get("data"));
    }
}
