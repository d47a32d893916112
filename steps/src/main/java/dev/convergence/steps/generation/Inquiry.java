package dev.convergence.steps.generation;

import dev.convergence.steps.generation.model.Asking;
import dev.convergence.steps.generation.model.LanguageModels;
import dev.convergence.steps.generation.model.ModelName;
import dev.convergence.steps.generation.model.Question;
import dev.convergence.steps.generation.model.Reply;
import dev.convergence.steps.http.Deadline;
import java.time.Duration;

/// Questions of one run to one model, told in the run's log.
record Inquiry(LanguageModels models, Assignment run, ModelName model, Duration patience) {

    Reply ask(Question question) {
        run.log(
                "Asking %s for %s; the question has %d characters, the answer %d s."
                        .formatted(
                                model.backEnd().provider(),
                                model.name(),
                                question.instructions().length() + question.text().length(),
                                patience.toSeconds()));
        long began = System.nanoTime();
        Reply reply =
                models.ask(
                        model,
                        question,
                        new Asking(Deadline.in(patience), run.cancellation(), run::log));
        tell(reply, Duration.ofNanos(System.nanoTime() - began));
        return reply;
    }

    private void tell(Reply reply, Duration took) {
        String what =
                switch (reply) {
                    case Reply.Text text ->
                            "%s answered with %d characters%s"
                                    .formatted(
                                            text.model(),
                                            text.text().length(),
                                            text.cutShort() ? ", cut short" : "");
                    case Reply.Failure failure -> failure.message();
                };
        run.log(
                "%s (%d ms, %d tokens read, %d written)"
                        .formatted(
                                what,
                                took.toMillis(),
                                reply.usage().input(),
                                reply.usage().output()));
    }
}
