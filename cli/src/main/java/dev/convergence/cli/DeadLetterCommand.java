package dev.convergence.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Jobs that were given up because their nodes died while they ran.
@Command(name = "dead-letter", description = "Lists jobs that were given up, and redrives them.")
final class DeadLetterCommand {

    @Command(description = "Lists them, the newest first.")
    void list(
            @Mixin Connection connection,
            @Mixin Output output,
            @Mixin Owner owner,
            @Mixin Page page,
            @Option(names = "--all", description = "of all tenants, with the operator's key")
                    boolean all) {
        output.list(
                all
                        ? connection.get(As.OPERATOR, "/scheduler/dead-letters" + page.query())
                        : connection.get(As.TENANT, path(owner.of(connection)) + page.query()),
                "dead_letters",
                "job_id",
                "tenant_id",
                "died_at",
                "redriven_as",
                "reason");
    }

    @Command(description = "Puts one in again, with a clean slate.")
    void redrive(
            @Mixin Connection connection,
            @Mixin Output output,
            @Mixin Owner owner,
            @Parameters(paramLabel = "JOB", description = "its id") String job) {
        String path = path(owner.of(connection)) + "/" + Connection.encoded(job) + "/redrive";
        output.one(connection.post(As.TENANT, path, null));
    }

    private static String path(String tenant) {
        return "/tenants/" + tenant + "/dead-letters";
    }
}
