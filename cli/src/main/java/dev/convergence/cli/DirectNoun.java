package dev.convergence.cli;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

/// Work that its caller waits for.
@Command(name = "direct", description = "Executes work at once and waits for it.")
final class DirectNoun extends Noun {

    @Command(
            description = "Executes a job before all that waits, and shows its run.",
            footer = {"", "Example:", "  convergence direct run probe --timeout-seconds 60"})
    int run(
            @Parameters(paramLabel = "TYPE", description = "story, research or probe.") String type,
            @Option(names = "--params", paramLabel = "JSON", description = "Its parameters.")
                    @Nullable String params,
            @Option(
                            names = "--timeout-seconds",
                            paramLabel = "N",
                            description = "1 to 300 (default: 300).")
                    @Nullable Integer timeout) {
        Body body =
                new Body()
                        .with("params", params == null ? null : Json.read("--params", params))
                        .with("timeout_seconds", timeout);
        Answer answer =
                session().send(As.TENANT, "POST", Route.of("/direct/{}", type), body.fields());
        session().display().one(answer);
        JsonNode run = answer.json();
        return Watched.isGood(run) ? Exit.OK.code() : Exit.UNSUCCESSFUL.code();
    }
}
