package dev.convergence.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/// Runs of one tenant.
@Command(name = "run", description = "Lists and shows runs.")
final class RunCommand {

    @Command(description = "Lists the newest runs.")
    void list(@Mixin Connection connection, @Mixin Output output, @Mixin Page page) {
        output.list(
                connection.get(As.TENANT, "/pipelines/runs" + page.query()),
                "runs",
                "pipeline_logging_id",
                "pipeline_id",
                "status",
                "trigger_type",
                "start_time",
                "duration_ms");
    }

    @Command(description = "Shows one run.")
    void show(
            @Mixin Connection connection,
            @Mixin Output output,
            @Parameters(paramLabel = "RUN", description = "its id") String run) {
        output.one(connection.get(As.TENANT, "/pipelines/runs/" + Connection.encoded(run)));
    }

    @Command(description = "Says why one waits.")
    void why(
            @Mixin Connection connection,
            @Mixin Output output,
            @Parameters(paramLabel = "RUN", description = "its id") String run) {
        output.list(
                connection.get(As.TENANT, "/pipelines/runs/" + Connection.encoded(run) + "/why"),
                "reasons",
                "code",
                "detail");
    }
}
