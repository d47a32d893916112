package dev.convergence.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Jobs that were given up because their nodes died while they ran.
@Command(name = "dead-letter", description = "Lists jobs that were given up, and redrives them.")
final class DeadLetterNoun extends Noun {

    @Command(description = "Lists them, the newest first.")
    void list(
            @Mixin Page page,
            @Option(
                            names = "--all-tenants",
                            description = "Those of all tenants, with the operator's key.")
                    boolean everybody) {
        list(
                everybody ? As.OPERATOR : As.EITHER,
                everybody
                        ? Route.of("/scheduler/dead-letters")
                        : Route.of("/tenants/{}/dead-letters", tenant()),
                page,
                "dead_letters",
                "job_id",
                "tenant_id",
                "died_at",
                "redriven_as",
                "reason");
    }

    @Command(description = "Puts one in again, with a clean slate.")
    void redrive(@Parameters(paramLabel = "JOB", description = "Its id.") String job) {
        post(As.EITHER, Route.of("/tenants/{}/dead-letters/{}/redrive", tenant(), job));
    }
}
