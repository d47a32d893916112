package dev.convergence.cli;

import java.io.PrintWriter;
import java.util.List;
import tools.jackson.databind.JsonNode;

/// A log that is printed as it grows.
final class Log {

    private final Session session;
    private final Watched watched;
    private int printed;
    private boolean isAwaited = true;

    Log(Session session, Watched watched) {
        this.session = session;
        this.watched = watched;
    }

    int print(boolean follow) {
        PrintWriter out = session.machine().out();
        isAwaited = follow;
        while (true) {
            // The state first: what is written before an end is in the log that is read after it.
            JsonNode seen = follow ? session.get(watched.who(), watched.path()).json() : null;
            boolean isOver = seen == null || Watched.isOver(seen);
            printNew(out);
            if (isOver) {
                return Exit.OK.code();
            }
            session.machine().rest(Waiting.PAUSE);
        }
    }

    /// What came since the last time.
    void printNew(PrintWriter out) {
        Answer answer = session.tried(watched.who(), "GET", watched.log(), null);
        if (answer.status() == 404 && isAwaited) {
            return;
        }
        if (answer.isRefusal()) {
            throw Problem.of(answer);
        }
        List<String> lines = answer.text().lines().toList();
        lines.stream().skip(printed).map(Style::plain).forEach(out::println);
        out.flush();
        printed = Math.max(printed, lines.size());
    }
}
