package dev.convergence.cli;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// One SELECT on a tenant's own data: from the command line, a file or stdin.
final class Select {

    @Parameters(
            paramLabel = "SQL",
            arity = "0..1",
            description = "One SELECT, quoted; else from --file, or stdin.")
    private @Nullable String sql;

    @Option(
            names = {"-f", "--file"},
            paramLabel = "FILE",
            description = "Takes the SELECT from a file; - is stdin.")
    private @Nullable String file;

    @Option(
            names = "--limit",
            defaultValue = "1000",
            paramLabel = "N",
            description = "At most so many rows, up to 10000 (default: 1000).")
    private int limit;

    void run(Session session) {
        Body body = new Body().with("sql", text(session.machine())).with("limit", limit);
        Answer answer =
                session.send(
                        As.EITHER,
                        "POST",
                        Route.of("/tenants/{}/data/query", session.tenant()),
                        body.fields());
        session.display().query(answer);
        if (answer.json().path("truncated").asBoolean(false)) {
            session.say("There is more: raise --limit, or ask for less.");
        }
    }

    private String text(Machine machine) {
        if (sql != null && !sql.equals("-")) {
            return sql;
        }
        if (file != null && !file.equals("-")) {
            return Yaml.content(Path.of(file));
        }
        if (sql == null && file == null && machine.terminal().in()) {
            throw Failure.usage("There is no SELECT.", "convergence sql \"SELECT 1\"");
        }
        return machine.piped();
    }
}
