package dev.convergence.steps.generation.model;

import static dev.convergence.testkit.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.convergence.engine.step.CancelledException;
import dev.convergence.steps.http.Deadline;
import dev.convergence.testkit.models.FakeModels;
import dev.convergence.testkit.models.Turn;
import dev.convergence.testkit.models.Vendor;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// The measure by which other tests see that a model has one question at a time.
class FakeModelsTest {

    private static final Duration LONG = Duration.ofSeconds(60);

    private final FakeModels fakes = FakeModels.start();
    private final LanguageModels models;

    FakeModelsTest() {
        Endpoint ollama = new Endpoint(fakes.base(Vendor.OLLAMA), new ApiKey("k"));
        models =
                new LanguageModels(
                        new Endpoints(ollama, ollama, ollama, ollama), () -> Instant.EPOCH);
    }

    @AfterEach
    void close() throws IOException {
        models.close();
        fakes.close();
    }

    @Test
    void two_questions_under_way_are_two() {
        fakes.always(Vendor.OLLAMA, new Turn.Drips(new CountDownLatch(2)));
        List<StopButton> buttons = List.of(new StopButton(), new StopButton());
        List<CompletableFuture<Reply>> asked =
                buttons.stream()
                        .map(button ->
                                CompletableFuture.supplyAsync(
                                        () -> ask(button), Thread::startVirtualThread))
                        .toList();

        eventually("both are asked", LONG, () -> fakes.seen(Vendor.OLLAMA).size() == 2);

        assertThat(fakes.mostAtOnce(Vendor.OLLAMA)).isEqualTo(2);
        buttons.forEach(StopButton::press);
        for (CompletableFuture<Reply> one : asked) {
            assertThatThrownBy(one::join).hasCauseInstanceOf(CancelledException.class);
        }
    }

    @Test
    void a_question_right_behind_one_that_hung_up_is_alone() {
        for (int i = 1; i <= 30; i++) {
            int before = 2 * (i - 1);
            fakes.next(
                    Vendor.OLLAMA,
                    new Turn.Drips(new CountDownLatch(1)),
                    new Turn.Says("The answer."));
            StopButton button = new StopButton();
            Thread.startVirtualThread(() -> {
                eventually("it is asked", LONG, () -> fakes.seen(Vendor.OLLAMA).size() > before);
                button.press();
            });

            assertThatThrownBy(() -> ask(button)).isInstanceOf(CancelledException.class);
            assertThat(ask(new StopButton())).isInstanceOf(Reply.Text.class);
        }
        assertThat(fakes.mostAtOnce(Vendor.OLLAMA)).isOne();
    }

    private Reply ask(StopButton button) {
        Question question = new Question("Be brief.", "What is it?", false);
        Asking asking = new Asking(Deadline.in(LONG), button, _ -> {});
        return models.ask(new ModelName(BackEnd.OLLAMA, "m-1"), question, asking);
    }
}
