package dev.convergence.cli;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// The scheduler, for its operator.
@Command(name = "scheduler", description = "Triggers what is due and shows the scheduler's state.")
final class SchedulerCommand {

    @Command(description = "Makes runs of everything that is due.")
    void trigger(
            @Mixin Connection connection,
            @Mixin Output output,
            @Option(names = "--limit", description = "at most so many, 1 to 1000 (default: all)")
                    @Nullable Integer limit) {
        String query = limit == null ? "" : "?limit=" + limit;
        output.one(connection.post(As.OPERATOR, "/scheduler/trigger" + query, null));
    }

    @Command(description = "Shows what is due, waiting and running.")
    void status(@Mixin Connection connection, @Mixin Output output) {
        output.one(connection.get(As.OPERATOR, "/scheduler/status"));
    }
}
