package dev.convergence.service.http.live;

import dev.convergence.api.live.LogEvent;
import dev.convergence.engine.Rooms;
import dev.convergence.engine.id.JobId;
import dev.convergence.engine.id.TenantId;
import dev.convergence.engine.run.RunLog;
import dev.convergence.engine.run.StepRecord;
import dev.convergence.service.http.pipeline.RunWords;
import java.util.List;
import java.util.function.BiFunction;

/// One run: its record, its steps, and its log line by line, until its end.
///
/// An event's id is the last line that the client has, so that a client that was cut off misses no
/// line and gets none twice; record and steps are told anew as they stand.
final class RunFeed extends Feed {

    private static final int LINES_MAX = 1_000;

    private final Rooms engine;
    private final TenantId tenant;
    private final JobId job;
    private final Watched watched;

    /// How a pipeline's run, or any other job's, is found and worded.
    record Watched(String kind, BiFunction<TenantId, JobId, Seen> look) {}

    /// @param value compared, to tell whether it has changed
    /// @param data the words that are sent
    record Seen(Object value, Object data, boolean hasEnded) {}

    RunFeed(TenantId tenant, JobId job, Rooms engine, Watched watched) {
        super(tenant.value());
        this.tenant = tenant;
        this.job = job;
        this.engine = engine;
        this.watched = watched;
    }

    /// The end is looked at before the log, so that the last lines are not missed. Whoever joins
    /// meanwhile has its turn at the next look.
    void look() {
        List<Watcher> present = List.copyOf(watchers());
        if (present.isEmpty()) {
            return;
        }
        Seen run = watched.look().apply(tenant, job);
        List<StepRecord> steps = engine.stepRecords().ofRun(tenant, job);
        boolean isWhole = tellLines(present);
        for (Watcher watcher : present) {
            steps.forEach(step ->
                    watcher.tell("step " + step.stepId(), "step", step, () -> RunWords.step(step)));
            watcher.tell("run", "run", run.value(), run::data);
            if (run.hasEnded() && isWhole) {
                finish(watcher);
            }
        }
    }

    /// @return false when there are more lines than were read
    private boolean tellLines(List<Watcher> present) {
        long from = present.stream().mapToLong(watcher -> watcher.position).min().orElse(0);
        List<RunLog.Line> lines = engine.runLog().read(tenant, job, (int) from, LINES_MAX);
        for (Watcher watcher : present) {
            List<LogEvent.Line> fresh =
                    lines.stream()
                            .filter(line -> line.number() > watcher.position)
                            .map(line -> new LogEvent.Line(line.number(), line.at(), line.text()))
                            .toList();
            if (!fresh.isEmpty()) {
                watcher.position = fresh.getLast().number();
                watcher.send("log", new LogEvent(fresh));
            }
        }
        return lines.size() < LINES_MAX;
    }
}
