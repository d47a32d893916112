package dev.convergence.steps.generation;

import dev.convergence.steps.generation.Likeness.Level;
import dev.convergence.steps.generation.model.Fault;
import dev.convergence.steps.generation.model.LanguageModels;
import dev.convergence.steps.generation.model.Reply;
import dev.convergence.steps.generation.model.TokenUsage;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/// Where one story after the other is written and compared with the earlier ones.
final class StoryDesk {

    /// A story that is too much like another is written anew so often; the last time on another
    /// frame.
    private static final int REGENERATIONS_MAX = 2;

    private final Assignment run;
    private final StoryParams asked;
    private final Library library;
    private final Inquiry inquiry;
    private final List<StoryFrame> frames = StoryFrame.all();
    private final RandomGenerator dice;

    StoryDesk(LanguageModels models, Assignment run, StoryParams asked, Library library) {
        this.run = run;
        this.asked = asked;
        this.library = library;
        this.inquiry = new Inquiry(models, run, asked.model(), asked.patience());
        this.dice = new SplittableRandom(run.run().toString().hashCode());
    }

    Assignment run() {
        return run;
    }

    StoryParams asked() {
        return asked;
    }

    /// What came of one story.
    sealed interface Attempted {

        TokenUsage usage();

        record Written(Story story) implements Attempted {
            @Override
            public TokenUsage usage() {
                return story.usage();
            }
        }

        record TooAlike(Likeness likeness, TokenUsage usage) implements Attempted {}

        record Failed(Reply.Failure failure, TokenUsage usage) implements Attempted {}
    }

    Attempted attempt() {
        StoryFrame frame = pick(frames);
        TokenUsage usage = TokenUsage.NONE;
        String avoid = "";
        for (int regenerations = 0; ; regenerations++) {
            Reply reply = inquiry.ask(question(frame, avoid));
            usage = usage.plus(reply.usage());
            if (reply instanceof Reply.Failure failure) {
                return new Attempted.Failed(failure, usage);
            }
            Reply.Text answer = (Reply.Text) reply;
            Optional<StoryText> text = StoryText.of(answer.text());
            if (text.isEmpty()) {
                return new Attempted.Failed(withoutStory(), usage);
            }
            Likeness likeness = Similarity.toNearest(text.get().body(), library.stories().all());
            if (!asked.dedup() || likeness.level() != Level.HIGH) {
                return new Attempted.Written(
                        new Story(
                                text.get(),
                                frame,
                                answer,
                                usage,
                                regenerations,
                                likeness,
                                library.ids()));
            }
            tell(likeness);
            if (regenerations == REGENERATIONS_MAX) {
                return new Attempted.TooAlike(likeness, usage);
            }
            avoid = library.stories().openings();
            if (regenerations == REGENERATIONS_MAX - 1) {
                frame = another(frame);
            }
        }
    }

    /// From now on the next ones are compared with it too.
    void keep(String file) {
        library.stories().add(file);
    }

    private StoryFrame pick(List<StoryFrame> among) {
        return StoryFrame.pick(among, library.stories().uses(), dice);
    }

    private StoryFrame another(StoryFrame frame) {
        return pick(frames.stream().filter(other -> !other.equals(frame)).toList());
    }

    private dev.convergence.steps.generation.model.Question question(
            StoryFrame frame, String avoid) {
        return StoryQuestion.of(
                frame, asked.topic(), asked.targetLength(), library.contents(), avoid);
    }

    private void tell(Likeness likeness) {
        run.log(
                "The story resembles an earlier one, \"%s\", too much (%.2f)."
                        .formatted(likeness.nearest(), likeness.score()));
    }

    private static Reply.Failure withoutStory() {
        return Reply.Failure.of(
                Fault.EMPTY_ANSWER, "The model answered with a title at most, without a story.");
    }
}
