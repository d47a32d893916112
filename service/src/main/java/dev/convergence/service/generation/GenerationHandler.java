package dev.convergence.service.generation;

import dev.convergence.engine.artifact.Writings;
import dev.convergence.engine.job.JobTypes;
import dev.convergence.engine.queue.Outcome;
import dev.convergence.engine.worker.Execution;
import dev.convergence.engine.worker.JobHandler;
import dev.convergence.steps.generation.Assignment;
import dev.convergence.steps.generation.Ending;
import dev.convergence.steps.generation.LocalWork;
import dev.convergence.steps.generation.Researcher;
import dev.convergence.steps.generation.StoryWriter;
import java.time.InstantSource;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// Runs one type of generation jobs.
///
/// Every failure may be tried again, hopeless ones too: that is what callers of these jobs rely on.
public final class GenerationHandler implements JobHandler {

    /// The pool of the local Ollama, which does one thing at a time.
    public static final String LOCAL_POOL = "ollama-local";

    private final String type;
    private final Function<Assignment, Ending> work;
    private final Predicate<Map<String, Object>> isLocal;
    private final Writings writings;
    private final InstantSource clock;

    private GenerationHandler(
            String type,
            Function<Assignment, Ending> work,
            Predicate<Map<String, Object>> isLocal,
            Writings writings,
            InstantSource clock) {
        this.type = type;
        this.work = work;
        this.isLocal = isLocal;
        this.writings = writings;
        this.clock = clock;
    }

    public static GenerationHandler stories(
            StoryWriter writer, Writings writings, InstantSource clock) {
        return new GenerationHandler(
                JobTypes.STORY, writer::write, LocalWork::isStoryLocal, writings, clock);
    }

    public static GenerationHandler research(
            Researcher researcher, Writings writings, InstantSource clock) {
        return new GenerationHandler(
                JobTypes.RESEARCH,
                researcher::research,
                LocalWork::isResearchLocal,
                writings,
                clock);
    }

    @Override
    public String type() {
        return type;
    }

    @Override
    public @Nullable String pool(Map<String, Object> params) {
        return isLocal.test(params) ? LOCAL_POOL : null;
    }

    @Override
    public Outcome handle(Execution execution) {
        Ending ending = work.apply(new RunAssignment(execution, writings, clock));
        return switch (ending) {
            case Ending.Done done -> new Outcome.Completed(0, Map.of(), done.result());
            case Ending.Skipped skipped -> new Outcome.Skipped(skipped.reason());
            case Ending.Failed failed -> {
                execution.log(failed.fault() + ": " + failed.message());
                yield new Outcome.Failed(
                        failed.message(),
                        failed.fault().name(),
                        true,
                        failed.fault().exitCode(),
                        Map.of(),
                        failed.result());
            }
        };
    }
}
