package dev.convergence.steps.generation;

import dev.convergence.steps.generation.StoryDesk.Attempted;
import dev.convergence.steps.generation.model.Asking;
import dev.convergence.steps.generation.model.TokenUsage;
import dev.convergence.steps.http.Deadline;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// One run's stories, from the first to the last.
final class WritingShift {

    private static final String METADATA_FILE = "story_metadata.json";

    /// So long stories are begun when nobody says how long.
    private static final Duration LONGEST = Duration.ofDays(1);

    private final StoryDesk desk;
    private final StoryParams asked;
    private final Assignment run;
    private final List<Map<String, Object>> written = new ArrayList<>();
    private TokenUsage usage = TokenUsage.NONE;
    private String model;

    WritingShift(StoryDesk desk) {
        this.desk = desk;
        this.asked = desk.asked();
        this.run = desk.run();
        this.model = asked.model().name();
    }

    /// A story that is skipped counts like one that is written: the shift ends in any case.
    Ending work() {
        Deadline end = Deadline.in(asked.duration().orElse(LONGEST));
        for (int story = 0; story < asked.storiesMax(); story++) {
            if (story > 0 && !goesOn(end)) {
                break;
            }
            Attempted attempted = desk.attempt();
            usage = usage.plus(attempted.usage());
            switch (attempted) {
                case Attempted.Written done -> store(done.story());
                case Attempted.TooAlike _ -> run.log("That story is skipped.");
                case Attempted.Failed failed -> {
                    return Ending.Failed.of(failed.failure(), result());
                }
            }
        }
        return written.isEmpty() ? skipped() : done();
    }

    private boolean goesOn(Deadline end) {
        if (asked.interval().compareTo(end.left()) >= 0) {
            return false;
        }
        if (!asked.interval().isZero()) {
            new Asking(end, run.cancellation(), run::log).pause(asked.interval());
        }
        return true;
    }

    private void store(Story story) {
        model = story.answer().model();
        String name = written.isEmpty() ? "story.md" : "story-" + (written.size() + 1) + ".md";
        String file = story.markdown(asked.model(), run.now());
        run.store(name, "text/markdown", file.getBytes(StandardCharsets.UTF_8));
        desk.keep(file);
        written.add(story.facts(name, asked.targetLength()));
        run.log(
                "Story \"%s\" of %d characters: similarity %s (%.2f), file %s."
                        .formatted(
                                story.text().title(),
                                story.text().characters(),
                                story.likeness().level(),
                                story.likeness().score(),
                                name));
    }

    private Ending skipped() {
        run.log("All stories were skipped (" + usage.facts().get("total") + " tokens).");
        return new Ending.Skipped(
                "Duplicate: what the model wrote resembles earlier stories too much.");
    }

    private Ending done() {
        Instant now = run.now();
        Map<String, Object> metadata = new LinkedHashMap<>();
        metadata.put("generated_at", now.toString());
        metadata.put("run_id", run.run().toString());
        metadata.putAll(result());
        metadata.put("prompt", StoryQuestion.PROMPT.version());
        metadata.put("config", run.params());
        metadata.put("stories", written);
        run.store(METADATA_FILE, "application/json", Json.bytes(metadata));
        Map<String, Object> result = result();
        result.put("stories", written.size());
        for (String shown : List.of("title", "word_count", "file")) {
            result.put(shown, written.getFirst().get(shown));
        }
        return new Ending.Done(result);
    }

    private Map<String, Object> result() {
        return Results.of(asked.model(), model, usage);
    }
}
