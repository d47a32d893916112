package dev.convergence.steps.generation;

import dev.convergence.steps.generation.Assignment.Kind;
import dev.convergence.steps.generation.model.Fault;
import dev.convergence.steps.generation.model.LanguageModels;
import dev.convergence.steps.generation.model.Reply;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// Does research jobs: one question, one card in two files.
public final class Researcher {

    private static final String JSON_FILE = "card.json";
    private static final String READABLE_FILE = "card.md";

    private final LanguageModels models;

    public Researcher(LanguageModels models) {
        this.models = models;
    }

    public Ending research(Assignment run) {
        Params params = new Params(run.params());
        try {
            ResearchParams.unknown(params)
                    .forEach(name -> run.log("The parameter " + name + " is not known here."));
            return ending(write(ResearchParams.of(params), run));
        } catch (InvalidParam invalid) {
            return Ending.Failed.of(invalid);
        }
    }

    private static Ending ending(Researched researched) {
        return switch (researched) {
            case Researched.Found found -> new Ending.Done(result(found.file()));
            case Researched.Failed failed ->
                    Ending.Failed.of(
                            failed.failure(), Results.of(failed.asked(), failed.failure()));
        };
    }

    private static Map<String, Object> result(CardFile file) {
        Map<String, Object> result =
                new LinkedHashMap<>(Results.of(file.asked().model(), file.answer()));
        result.put("card_id", file.id());
        result.put("title", file.card().title());
        result.put("quality", file.grade().word());
        result.put("similarity", file.likeness().level().name());
        result.put("file", JSON_FILE);
        return result;
    }

    /// Asks, reads, compares and stores.
    Researched write(ResearchParams asked, Assignment run) {
        long began = System.nanoTime();
        Reply reply =
                new Inquiry(models, run, asked.model(), asked.patience())
                        .ask(ResearchQuestion.of(asked));
        Duration took = Duration.ofNanos(System.nanoTime() - began);
        return switch (reply) {
            case Reply.Failure failure -> new Researched.Failed(asked.model(), failure);
            case Reply.Text text -> read(asked, text, took, run);
        };
    }

    private static Researched read(
            ResearchParams asked, Reply.Text answer, Duration took, Assignment run) {
        Optional<Card> card = LenientJson.find(answer.text(), CardReader::read);
        if (card.isEmpty()) {
            run.log("The answer begins with: " + Texts.cut(answer.text().strip(), 500));
            return new Researched.Failed(
                    asked.model(),
                    new Reply.Failure(
                            Fault.UNPARSEABLE_ANSWER,
                            "The model's answer has no research card in it that can be read.",
                            answer.usage()));
        }
        Instant now = run.now();
        Likeness likeness =
                EarlierCards.of(run.earlier(Kind.CARD, EarlierCards.COMPARED_MAX))
                        .likeness(card.get());
        CardFile file =
                new CardFile(
                        CardFile.id(now, run.run()),
                        now,
                        asked,
                        card.get(),
                        answer,
                        took,
                        likeness);
        store(file, run);
        return new Researched.Found(file);
    }

    private static void store(CardFile file, Assignment run) {
        run.store(JSON_FILE, "application/json", Json.bytes(file.json()));
        run.store(READABLE_FILE, "text/markdown", file.markdown().getBytes(StandardCharsets.UTF_8));
        run.log(
                "Card %s, \"%s\": quality %s, similarity %s (%.2f), files %s and %s."
                        .formatted(
                                file.id(),
                                file.card().title(),
                                file.grade().word(),
                                file.likeness().level(),
                                file.likeness().score(),
                                JSON_FILE,
                                READABLE_FILE));
    }

    /// What came of a question.
    sealed interface Researched {

        record Found(CardFile file) implements Researched {}

        record Failed(dev.convergence.steps.generation.model.ModelName asked, Reply.Failure failure)
                implements Researched {}
    }
}
