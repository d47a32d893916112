package dev.convergence.cli;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Jobs of one tenant.
@Command(name = "job", description = "Puts jobs in, lists and cancels them.")
final class JobCommand {

    @Command(description = "Puts a job in.")
    void create(
            @Mixin Connection connection,
            @Mixin Output output,
            @Parameters(paramLabel = "TYPE", description = "story, research, probe or pipeline")
                    String type,
            @Option(names = "--params", description = "as JSON") @Nullable String params,
            @Option(names = "--priority", description = "0 to 100, higher is sooner")
                    @Nullable Integer priority) {
        Map<String, Object> job = new HashMap<>();
        job.put("type", type);
        if (params != null) {
            job.put("params", connection.json("--params", params));
        }
        if (priority != null) {
            job.put("priority", priority);
        }
        output.one(connection.post(As.TENANT, "/jobs", job));
    }

    @Command(description = "Lists the newest jobs.")
    void list(@Mixin Connection connection, @Mixin Output output, @Mixin Page page) {
        output.list(
                connection.get(As.TENANT, "/jobs" + page.query()),
                "jobs",
                "job_id",
                "job_type",
                "state",
                "priority",
                "position",
                "queue_rank",
                "retry_attempt",
                "created_at");
    }

    @Command(description = "Shows one job.")
    void show(
            @Mixin Connection connection,
            @Mixin Output output,
            @Parameters(paramLabel = "JOB", description = "its id") String job) {
        output.one(connection.get(As.TENANT, path(job)));
    }

    @Command(description = "Cancels a job that waits, or stops one that runs.")
    void cancel(
            @Mixin Connection connection,
            @Mixin Output output,
            @Parameters(paramLabel = "JOB", description = "its id") String job) {
        output.one(connection.post(As.TENANT, path(job) + "/cancel", null));
    }

    private static String path(String job) {
        return "/jobs/" + Connection.encoded(job);
    }
}
