package dev.convergence.service.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.convergence.engine.sql.Database;
import dev.convergence.service.http.Wire.Answer;
import dev.convergence.service.http.idempotency.IdempotentAnswers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class IdempotencyTest {

    private static final String THINGS = "/api/v1/tenants/acme_corp/things";

    @Test
    void the_same_key_and_body_answer_what_was_answered_first() {
        Answer first = make("same-1", "{\"name\": \"a\"}");
        Answer again = make("\"same-1\"", "{\"name\": \"a\"}");
        assertThat(again.status()).isEqualTo(201);
        assertThat(again.header("idempotency-replayed")).isEqualTo("true");
        assertThat(first.header("idempotency-replayed")).isEmpty();
        assertThat(again.json().path("number")).isEqualTo(first.json().path("number"));
        assertThat(again.text()).contains("\"price\":0.10");
        assertThat(again.header("content-type")).isEqualTo(first.header("content-type"));
    }

    @Test
    void what_is_shown_once_is_null_in_the_replay_and_never_stored() {
        assertThat(make("once-1", "{\"name\": \"a\"}").get("api_key")).isEqualTo("secret-key");
        Answer again = make("once-1", "{\"name\": \"a\"}");
        assertThat(again.json().path("api_key").isNull()).isTrue();
        List<byte[]> stored =
                PlatformServer.bean(Database.class)
                        .read(handle ->
                                handle.createQuery(
                                                "SELECT body FROM"
                                                        + " convergence.idempotent_answer")
                                        .mapTo(byte[].class)
                                        .list());
        assertThat(stored).isNotEmpty();
        for (byte[] body : stored) {
            assertThat(body == null ? "" : new String(body, StandardCharsets.UTF_8))
                    .doesNotContain("secret-key");
        }
    }

    @Test
    void both_spellings_of_a_route_are_one() {
        Answer first = make("spelling-1", "{\"name\": \"a\"}");
        Answer again =
                Wire.post(
                        "/api/v1/customers/acme_corp/things",
                        "{\"name\": \"a\"}",
                        "X-API-Key",
                        "acme_corp",
                        "Idempotency-Key",
                        "spelling-1");
        assertThat(again.json().path("number")).isEqualTo(first.json().path("number"));
    }

    @Test
    void another_body_under_the_same_key_is_refused() {
        make("other-1", "{\"name\": \"a\"}");
        make("other-1", "{\"name\": \"b\"}").isProblem(422, "IDEMPOTENCY_KEY_REUSED");
    }

    @Test
    void another_tenant_has_keys_of_its_own() {
        Answer mine = make("mine-1", "{\"name\": \"a\"}");
        Answer theirs =
                Wire.post(
                        "/api/v1/tenants/globex_inc/things",
                        "{\"name\": \"a\"}",
                        "X-API-Key",
                        "globex_inc",
                        "Idempotency-Key",
                        "mine-1");
        assertThat(theirs.json().path("number")).isNotEqualTo(mine.json().path("number"));
        Wire.post(
                        THINGS,
                        "{\"name\": \"a\"}",
                        "X-API-Key",
                        "globex_inc",
                        "Idempotency-Key",
                        "mine-1")
                .isProblem(403, "FORBIDDEN");
    }

    @Test
    void a_refusal_leaves_the_key_free_for_the_corrected_request() {
        make("fix-1", "{\"name\": 5}").isProblem(422, "INVALID_FIELD");
        make("fix-1", "{\"name\": \"refused\"}").isProblem(409, "CONFLICT");
        assertThat(make("fix-1", "{\"name\": \"a\"}").status()).isEqualTo(201);
    }

    @Test
    void of_many_at_once_one_executes() throws ExecutionException, InterruptedException {
        int before = SampleRoutes.MADE.get();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Answer>> answers =
                    IntStream.range(0, 12)
                            .mapToObj(
                                    i -> threads.submit(() -> make("many-1", "{\"name\": \"a\"}")))
                            .toList();
            for (Future<Answer> answer : answers) {
                assertThat(answer.get().status()).isIn(201, 409);
            }
        }
        assertThat(SampleRoutes.MADE.get()).isEqualTo(before + 1);
    }

    @Test
    void while_the_first_is_running_the_second_is_told_to_wait()
            throws ExecutionException, InterruptedException {
        String[] headers = {"X-API-Key", "acme_corp", "Idempotency-Key", "slow-1"};
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<Answer> first = threads.submit(() -> Wire.post("/api/v1/slow", "{}", headers));
            SampleRoutes.ENTERED.await();
            Answer second = Wire.post("/api/v1/slow", "{}", headers);
            SampleRoutes.MAY_GO_ON.countDown();
            second.isProblem(409, "IDEMPOTENCY_IN_FLIGHT");
            assertThat(second.header("retry-after")).isEqualTo("1");
            assertThat(first.get().status()).isEqualTo(200);
        }
        assertThat(Wire.post("/api/v1/slow", "{}", headers).header("idempotency-replayed"))
                .isEqualTo("true");
    }

    @Test
    void after_a_day_the_key_is_free_and_its_answer_can_be_purged() {
        Answer first = make("day-1", "{\"name\": \"a\"}");
        PlatformServer.CLOCK.advance(Duration.ofHours(24).plusSeconds(1));
        Answer next = make("day-1", "{\"name\": \"b\"}");
        assertThat(next.status()).isEqualTo(201);
        assertThat(next.json().path("number")).isNotEqualTo(first.json().path("number"));
        PlatformServer.CLOCK.advance(Duration.ofHours(24).plusSeconds(1));
        IdempotentAnswers answers = PlatformServer.bean(IdempotentAnswers.class);
        assertThat(answers.purge(PlatformServer.CLOCK.instant())).isPositive();
        assertThat(answers.purge(PlatformServer.CLOCK.instant())).isZero();
        PlatformServer.CLOCK.set(PlatformServer.NOW);
    }

    @Test
    void a_key_that_is_empty_or_too_long_is_refused() {
        make("\"\"", "{\"name\": \"a\"}").isProblem(400, "INVALID_PARAMETER");
        make("k".repeat(256), "{\"name\": \"a\"}").isProblem(400, "INVALID_PARAMETER");
        assertThat(make("k".repeat(255), "{\"name\": \"a\"}").status()).isEqualTo(201);
    }

    private static Answer make(String key, String body) {
        return Wire.post(THINGS, body, "X-API-Key", "acme_corp", "Idempotency-Key", key);
    }
}
