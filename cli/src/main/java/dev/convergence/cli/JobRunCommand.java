package dev.convergence.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/// Runs of one tenant's jobs.
@Command(name = "job-run", description = "Lists and shows runs of jobs, and tries them again.")
final class JobRunCommand {

    @Command(description = "Lists the newest runs.")
    void list(@Mixin Connection connection, @Mixin Output output, @Mixin Page page) {
        output.list(
                connection.get(As.TENANT, "/job-runs" + page.query()),
                "runs",
                "run_id",
                "job_type",
                "status",
                "retry_attempt",
                "started_at",
                "duration_ms",
                "error");
    }

    @Command(description = "Shows one run.")
    void show(
            @Mixin Connection connection,
            @Mixin Output output,
            @Parameters(paramLabel = "RUN", description = "its id") String run) {
        output.one(connection.get(As.TENANT, path(run)));
    }

    @Command(description = "Tries a failed run again.")
    void retry(
            @Mixin Connection connection,
            @Mixin Output output,
            @Parameters(paramLabel = "RUN", description = "its id") String run) {
        output.one(connection.post(As.TENANT, path(run) + "/retry", null));
    }

    private static String path(String run) {
        return "/job-runs/" + Connection.encoded(run);
    }
}
