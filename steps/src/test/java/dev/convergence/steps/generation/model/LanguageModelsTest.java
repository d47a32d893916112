package dev.convergence.steps.generation.model;

import static dev.convergence.testkit.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.convergence.engine.step.CancelledException;
import dev.convergence.steps.generation.model.Reply.Failure;
import dev.convergence.steps.generation.model.Reply.Text;
import dev.convergence.steps.http.Deadline;
import dev.convergence.testkit.models.FakeModels;
import dev.convergence.testkit.models.SeenRequest;
import dev.convergence.testkit.models.Turn;
import dev.convergence.testkit.models.Turn.Refuses;
import dev.convergence.testkit.models.Vendor;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class LanguageModelsTest {

    private static final InstantSource CLOCK =
            InstantSource.fixed(Instant.parse("2026-11-22T10:00:00Z"));
    private static final Question QUESTION = new Question("You are brief.", "Say it.", false);
    private static final Duration LONG = Duration.ofSeconds(60);

    private final FakeModels fakes = FakeModels.start();
    private final LanguageModels models =
            new LanguageModels(endpoints(FakeModels.KEY), CLOCK, Duration.ofMillis(10));
    private final StopButton button = new StopButton();
    private final List<String> log = new CopyOnWriteArrayList<>();

    @AfterEach
    void close() throws IOException {
        models.close();
        fakes.close();
    }

    @ParameterizedTest
    @EnumSource(Vendor.class)
    void every_back_end_is_asked_in_its_own_words_and_understood(Vendor vendor) {
        fakes.always(vendor, new Turn.Says("It is said."));

        Reply reply = ask(vendor);

        assertThat(reply).isEqualTo(new Text("It is said.", false, "m-1", new TokenUsage(11, 7)));
        SeenRequest seen = fakes.seen(vendor).getFirst();
        assertThat(seen.body().toString()).contains("You are brief.", "Say it.");
        assertThat(seen.headers().get("content-type")).startsWith("application/json");
    }

    @ParameterizedTest
    @EnumSource(Vendor.class)
    void what_was_cut_short_says_so(Vendor vendor) {
        fakes.always(vendor, new Turn.IsCutShort("It is"));

        assertThat(ask(vendor))
                .isInstanceOfSatisfying(
                        Text.class,
                        text -> {
                            assertThat(text.cutShort()).isTrue();
                            assertThat(text.text()).isEqualTo("It is");
                        });
    }

    @ParameterizedTest
    @EnumSource(Vendor.class)
    void an_empty_answer_is_no_text_and_its_tokens_count(Vendor vendor) {
        fakes.always(vendor, new Turn.Says(" \n…\n"));

        Failure failure = failure(ask(vendor));

        assertThat(failure.fault()).isEqualTo(Fault.EMPTY_ANSWER);
        assertThat(failure.usage()).isEqualTo(new TokenUsage(11, 7));
    }

    @ParameterizedTest
    @EnumSource(value = Vendor.class, names = "OLLAMA", mode = EnumSource.Mode.EXCLUDE)
    void a_model_that_declines_is_a_failure(Vendor vendor) {
        fakes.always(vendor, new Turn.Declines());

        assertThat(failure(ask(vendor)).fault()).isEqualTo(Fault.ANSWER_REFUSED);
    }

    @ParameterizedTest
    @CsvSource({
        "400, EXTERNAL_API_ERROR",
        "403, EXTERNAL_API_ERROR",
        "404, MODEL_NOT_FOUND",
        "408, MODEL_TIMEOUT",
        "429, RATE_LIMIT_EXCEEDED",
        "500, SERVICE_UNAVAILABLE",
        "503, SERVICE_UNAVAILABLE",
        "529, SERVICE_UNAVAILABLE",
        "302, EXTERNAL_API_ERROR"
    })
    void a_refusal_is_told_by_its_status(int status, Fault fault) {
        for (Vendor vendor : Vendor.values()) {
            fakes.always(vendor, Refuses.with(status, "The reason is this."));

            Failure failure = failure(ask(vendor));

            assertThat(failure.fault()).as(vendor.name()).isEqualTo(fault);
            if (status != 403) {
                assertThat(failure.message()).contains("The reason is this.");
            }
        }
    }

    @Test
    void a_key_is_in_no_sentence_whatever_the_vendor_says() {
        Refuses echo = Refuses.with(400, "Bad request with " + FakeModels.KEY);
        fakes.always(Vendor.OPENAI, echo);
        fakes.always(Vendor.ANTHROPIC, Refuses.with(401, FakeModels.KEY.substring(0, 20)));

        assertThat(failure(ask(Vendor.OPENAI)).message())
                .contains("***")
                .doesNotContain(FakeModels.KEY);
        assertThat(failure(ask(Vendor.ANTHROPIC)).message())
                .contains("refuses the operator's key")
                .doesNotContain(FakeModels.KEY.substring(0, 8));
        assertThat(endpoints(FakeModels.KEY).toString()).doesNotContain(FakeModels.KEY);
    }

    @Test
    void a_key_that_was_not_given_is_said_and_nobody_is_called() throws IOException {
        try (LanguageModels without = new LanguageModels(endpoints(null), CLOCK)) {
            Failure failure = failure(ask(without, Vendor.GEMINI, LONG));

            assertThat(failure.fault()).isEqualTo(Fault.INTEGRATION_NOT_CONFIGURED);
            assertThat(failure.message()).contains("GEMINI_API_KEY");
        }
        assertThat(fakes.seen(Vendor.GEMINI)).isEmpty();
    }

    @Test
    void a_wait_that_is_asked_for_is_kept_and_the_question_put_again() {
        fakes.next(
                Vendor.ANTHROPIC,
                new Refuses(429, "Slow down.", Map.of("Retry-After", "1")),
                new Refuses(529, "Busy.", Map.of("Retry-After", "0")));
        fakes.always(Vendor.ANTHROPIC, new Turn.Says("Now."));
        long began = System.nanoTime();

        assertThat(ask(Vendor.ANTHROPIC)).isInstanceOf(Text.class);

        assertThat(Duration.ofNanos(System.nanoTime() - began))
                .isGreaterThan(Duration.ofSeconds(1));
        assertThat(fakes.seen(Vendor.ANTHROPIC)).hasSize(3);
        assertThat(log).anyMatch(line -> line.contains("asks to wait 1 s"));
    }

    @Test
    void a_date_to_wait_for_is_understood() {
        fakes.next(
                Vendor.OPENAI,
                new Refuses(
                        429, "Slow down.", Map.of("Retry-After", "Sun, 22 Nov 2026 09:59:00 GMT")));
        fakes.always(Vendor.OPENAI, new Turn.Says("Now."));

        assertThat(ask(Vendor.OPENAI)).isInstanceOf(Text.class);
    }

    @Test
    void a_wait_beyond_the_time_that_is_left_fails_at_once_and_says_how_long() {
        fakes.always(Vendor.OPENAI, new Refuses(429, "Slow down.", Map.of("Retry-After", "3600")));

        Failure failure = failure(ask(Vendor.OPENAI));

        assertThat(failure.fault()).isEqualTo(Fault.RATE_LIMIT_EXCEEDED);
        assertThat(failure.message()).contains("3600 s");
        assertThat(fakes.seen(Vendor.OPENAI)).hasSize(1);
    }

    @Test
    void nobody_is_asked_for_ever() {
        fakes.always(Vendor.OPENAI, new Refuses(429, "Slow down.", Map.of("Retry-After", "0")));

        assertThat(failure(ask(Vendor.OPENAI)).fault()).isEqualTo(Fault.RATE_LIMIT_EXCEEDED);
        assertThat(fakes.seen(Vendor.OPENAI)).hasSize(5);
    }

    @Test
    void gemini_says_in_the_body_how_long_to_wait() {
        String body =
                """
                {"error": {"code": 429, "message": "Quota.", "details": [
                  {"@type": "type.googleapis.com/google.rpc.RetryInfo", "retryDelay": "7200.5s"}]}}
                """;
        fakes.always(Vendor.GEMINI, new Turn.Sends(429, body));

        assertThat(failure(ask(Vendor.GEMINI)).message()).contains("7201 s");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {"<html>", "{\"choices\": [", "[1, 2]", "\"\"", "null"})
    void an_answer_of_no_known_form_is_a_failure(String body) {
        for (Vendor vendor : Vendor.values()) {
            fakes.always(vendor, new Turn.Sends(200, body));

            assertThat(failure(ask(vendor)).fault()).isEqualTo(Fault.EXTERNAL_API_ERROR);
        }
    }

    @Test
    void an_answer_that_is_too_long_is_not_read() {
        fakes.always(Vendor.OLLAMA, new Turn.Says("a".repeat(9 << 20)));

        assertThat(failure(ask(Vendor.OLLAMA)).message()).contains("too long");
    }

    @Test
    void a_back_end_that_is_not_there_is_a_failure() throws IOException {
        URI nowhere = URI.create("http://127.0.0.1:1");
        Endpoint closed = new Endpoint(nowhere, new ApiKey("k"));
        try (LanguageModels gone =
                new LanguageModels(new Endpoints(closed, closed, closed, closed), CLOCK)) {
            Failure failure = failure(ask(gone, Vendor.OLLAMA, LONG));

            assertThat(failure.fault()).isEqualTo(Fault.SERVICE_UNAVAILABLE);
            assertThat(failure.message()).doesNotContain("127.0.0.1");
        }
    }

    @ParameterizedTest
    @EnumSource(Vendor.class)
    void an_answer_that_does_not_come_in_time_is_cut_off(Vendor vendor) throws Exception {
        CountDownLatch hungUp = new CountDownLatch(1);
        fakes.always(vendor, new Turn.Drips(hungUp));

        // On a busy machine a short time may be over before the vendor is asked.
        for (long patience = 300; fakes.seen(vendor).isEmpty(); patience *= 2) {
            Failure failure = failure(ask(models, vendor, Duration.ofMillis(patience)));

            assertThat(failure.fault()).isEqualTo(Fault.MODEL_TIMEOUT);
        }
        assertThat(hungUp.await(60, TimeUnit.SECONDS)).isTrue();
    }

    @ParameterizedTest
    @EnumSource(Vendor.class)
    void a_cancelled_question_hangs_up(Vendor vendor) throws Exception {
        CountDownLatch hungUp = new CountDownLatch(1);
        fakes.always(vendor, new Turn.Drips(hungUp));
        Thread.startVirtualThread(() -> {
            eventually("it is asked", LONG, () -> !fakes.seen(vendor).isEmpty());
            button.press();
        });

        assertThatThrownBy(() -> ask(vendor)).isInstanceOf(CancelledException.class);
        assertThat(hungUp.await(60, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void a_wait_is_over_when_the_work_is_cancelled() {
        fakes.always(Vendor.OPENAI, new Refuses(429, "Slow.", Map.of("Retry-After", "15")));
        Thread.startVirtualThread(() -> {
            eventually("it waits", LONG, () -> !log.isEmpty());
            button.press();
        });

        assertThatThrownBy(() -> ask(Vendor.OPENAI)).isInstanceOf(CancelledException.class);
    }

    @Test
    void thoughts_of_a_local_model_are_not_its_answer() {
        fakes.next(
                Vendor.OLLAMA,
                new Turn.Says("<think>\nHm, {\"a\": 1}\n</think>\n\nThe answer."),
                new Turn.Says("<think>\nI never end"));

        assertThat(((Text) ask(Vendor.OLLAMA)).text().strip()).isEqualTo("The answer.");
        assertThat(failure(ask(Vendor.OLLAMA)).fault()).isEqualTo(Fault.EMPTY_ANSWER);
    }

    @Test
    void a_promise_of_json_is_asked_for_where_it_can_be_given() {
        Question json = new Question("You write JSON.", "Go.", true);
        for (Vendor vendor : Vendor.values()) {
            fakes.always(vendor, new Turn.Says("{\"a\": 1}"));
            models.ask(new ModelName(backEnd(vendor), "m-1"), json, asking(LONG));
        }

        assertThat(body(Vendor.OLLAMA)).contains("\"format\":\"json\"");
        assertThat(body(Vendor.OPENAI)).contains("\"json_object\"");
        assertThat(body(Vendor.GEMINI)).contains("\"responseMimeType\":\"application/json\"");
    }

    @Test
    void the_research_agent_is_looked_at_until_it_is_done() {
        fakes.agent().ends("completed", "It was found.", 3);

        assertThat(agent(LONG))
                .isEqualTo(new Text("It was found.", false, "agent-1", new TokenUsage(11, 7)));
        assertThat(fakes.agent().looks()).isEqualTo(3);
        assertThat(fakes.agent().isCalledOff()).isFalse();
    }

    @Test
    void a_research_agent_that_fails_or_finds_nothing_is_a_failure() {
        fakes.agent().ends("failed", "", 1);
        assertThat(failure(agent(LONG)).message()).contains("failed");

        fakes.agent().ends("completed", "", 1);
        assertThat(failure(agent(LONG)).fault()).isEqualTo(Fault.EMPTY_ANSWER);
    }

    @Test
    void a_research_agent_for_which_nobody_waits_any_more_is_called_off() {
        fakes.agent().ends("completed", "Late.", Integer.MAX_VALUE);
        for (long patience = 300; fakes.agent().looks() == 0; patience *= 2) {
            assertThat(failure(agent(Duration.ofMillis(patience))).fault())
                    .isEqualTo(Fault.MODEL_TIMEOUT);
        }
        assertThat(fakes.agent().isCalledOff()).isTrue();
    }

    @Test
    void a_cancelled_run_calls_its_research_agent_off() {
        fakes.agent().ends("completed", "Late.", Integer.MAX_VALUE);
        Thread.startVirtualThread(() -> {
            eventually("it is looked at", LONG, () -> fakes.agent().looks() > 1);
            button.press();
        });

        assertThatThrownBy(() -> agent(LONG)).isInstanceOf(CancelledException.class);
        assertThat(fakes.agent().isCalledOff()).isTrue();
    }

    private Reply agent(Duration patience) {
        return models.ask(
                new ModelName(BackEnd.DEEP_RESEARCH, "agent-1"), QUESTION, asking(patience));
    }

    private Reply ask(Vendor vendor) {
        return ask(models, vendor, LONG);
    }

    private Reply ask(LanguageModels asked, Vendor vendor, Duration patience) {
        return asked.ask(new ModelName(backEnd(vendor), "m-1"), QUESTION, asking(patience));
    }

    private Asking asking(Duration patience) {
        return new Asking(Deadline.in(patience), button, log::add);
    }

    private static BackEnd backEnd(Vendor vendor) {
        return BackEnd.valueOf(vendor.name());
    }

    private String body(Vendor vendor) {
        return fakes.seen(vendor).getLast().body().toString();
    }

    private static Failure failure(Reply reply) {
        assertThat(reply).isInstanceOf(Failure.class);
        return (Failure) reply;
    }

    private Endpoints endpoints(@Nullable String key) {
        ApiKey given = key == null ? null : new ApiKey(key);
        return new Endpoints(
                new Endpoint(fakes.base(Vendor.ANTHROPIC), given),
                new Endpoint(fakes.base(Vendor.OPENAI), given),
                new Endpoint(fakes.base(Vendor.GEMINI), given),
                new Endpoint(fakes.base(Vendor.OLLAMA), null));
    }
}
