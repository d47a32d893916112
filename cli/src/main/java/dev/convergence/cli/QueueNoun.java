package dev.convergence.cli;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// What waits and runs, and whether anything may start.
@Command(name = "queue", description = "Shows the queue, starts and stops a tenant's own.")
final class QueueNoun extends Noun {

    @Command(
            description =
                    "Shows the queue's numbers: a tenant's own, or all with the operator's key.")
    void status() {
        show(As.EITHER, Route.of("/scheduler/queue/status"));
    }

    @Command(description = "Lists what waits, the next one first.")
    void jobs(@Mixin Page page) {
        list(
                As.TENANT,
                Route.of("/scheduler/queue/jobs"),
                page,
                "jobs",
                "queue_rank",
                "job_id",
                "job_type",
                "priority",
                "attempt_no",
                "queued_at");
    }

    @Command(description = "Lets the tenant's queue start jobs.")
    void start(
            @Option(names = "--no-recovery", description = "Does not look for work of dead nodes.")
                    boolean noRecovery) {
        Body body = new Body().with("run_recovery", noRecovery ? false : null);
        post(As.TENANT, Route.of("/scheduler/start"), body);
    }

    @Command(description = "Keeps the tenant's jobs from starting, and waits for what runs.")
    void stop(
            @Option(
                            names = "--wait-seconds",
                            paramLabel = "N",
                            description = "1 to 300 (default: 30).")
                    @Nullable Integer timeout) {
        post(As.TENANT, Route.of("/scheduler/stop"), new Body().with("timeout", timeout));
    }

    @Command(description = "Takes jobs and starts them on the server's node, as operator.")
    void process(
            @Option(
                            names = "--max",
                            paramLabel = "N",
                            description = "At most so many, 1 to 100 (default: 1).")
                    @Nullable Integer max) {
        post(
                As.OPERATOR,
                Route.of("/scheduler/process-queue") + new Query().with("max_items", max));
    }
}
