package dev.convergence.benchmark.engine.line;

import dev.convergence.benchmark.engine.contestant.Contestant;
import dev.convergence.benchmark.engine.contestant.Count;
import dev.convergence.benchmark.engine.server.Server;
import java.time.Duration;
import java.util.List;

/// One contestant's rounds at a line that all are measured by.
public abstract sealed class Trial permits DrainTrial, SinglyTrial, PickupTrial, SchedulesTrial {

    final Server server;
    final Plan plan;

    Trial(Server server, Plan plan) {
        this.server = server;
        this.plan = plan;
    }

    /// What comes before the rounds that count; without it, the compiler's work is measured.
    public abstract void warmUp(Contestant contestant) throws Exception;

    public abstract void round(Contestant contestant) throws Exception;

    /// @return nothing when the contestant has no such thing
    public abstract List<Figure> figures(String contestant);

    static List<String> faults(Count count) {
        return count.isExact() ? List.of() : List.of(count.toString());
    }

    static double seconds(Duration duration) {
        return duration.toNanos() / 1e9;
    }
}
