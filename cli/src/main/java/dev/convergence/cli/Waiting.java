package dev.convergence.cli;

import java.time.Duration;
import java.time.Instant;
import picocli.CommandLine.Option;
import tools.jackson.databind.JsonNode;

/// Whether a command waits for the end of what it began, and for how long.
final class Waiting {

    static final Duration PAUSE = Duration.ofMillis(500);

    @Option(names = "--wait", description = "Waits for its end; the exit code tells how it was.")
    private boolean wait;

    @Option(names = "--follow", description = "Waits, and shows its log on stderr meanwhile.")
    private boolean follow;

    @Option(
            names = "--timeout",
            paramLabel = "TIME",
            defaultValue = "1h",
            description = "Waits so long, such as 90s, 5m or 2h (default: 1h).")
    private Duration longest = Duration.ofHours(1);

    boolean isWanted() {
        return wait || follow;
    }

    /// Shows it when it has ended. The server does the work; who stops waiting changes nothing.
    int until(Session session, Watched watched) {
        Machine machine = session.machine();
        Instant deadline = machine.clock().instant().plus(longest);
        Progress progress = new Progress(session, watched, follow);
        while (true) {
            Answer answer = session.get(watched.who(), watched.path());
            JsonNode seen = answer.json();
            progress.saw(seen);
            if (Watched.isOver(seen)) {
                session.display().one(answer);
                return Watched.isGood(seen) ? Exit.OK.code() : Exit.UNSUCCESSFUL.code();
            }
            if (machine.clock().instant().isAfter(deadline)) {
                progress.leave();
                throw new Failure(
                        Exit.TIMEOUT,
                        "It had not ended when the time was up: " + Watched.state(seen) + ".",
                        "It goes on. Wait longer with --timeout.");
            }
            machine.rest(PAUSE);
        }
    }
}
