package dev.convergence.cli;

import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import tools.jackson.databind.JsonNode;

/// Tells on stderr how something goes: on a terminal one line that changes, elsewhere a line for
/// each change.
final class Progress {

    private static final int BAR = 20;

    private final Session session;
    private final Watched watched;
    private final boolean isLive;
    private final Log log;
    private final boolean follows;
    private final Instant begin;
    private String last = "";

    Progress(Session session, Watched watched, boolean follows) {
        this.session = session;
        this.watched = watched;
        this.follows = follows;
        this.log = new Log(session, watched);
        this.isLive = session.machine().terminal().err() && !session.shared().quiet && !follows;
        this.begin = session.machine().clock().instant();
    }

    void saw(JsonNode seen) {
        if (follows) {
            log.printNew(session.machine().err());
        }
        boolean isOver = Watched.isOver(seen);
        String state = Watched.state(seen);
        if (isLive) {
            live(isOver ? state : state + steps());
            if (isOver) {
                leave();
            }
        } else if (!state.equals(last)) {
            session.say(isOver ? state + " after " + seconds() + " s" : state);
        }
        last = state;
    }

    /// Ends the line that changes, so that the next text has one of its own.
    void leave() {
        if (isLive) {
            session.machine().err().println();
        }
    }

    private void live(String text) {
        PrintWriter err = session.machine().err();
        err.print("\r\u001b[K" + Style.plain(text) + "  " + seconds() + " s");
        err.flush();
    }

    private String steps() {
        String path = watched.steps();
        if (path == null) {
            return "";
        }
        JsonNode steps = session.get(watched.who(), path).json().path("steps");
        long done = steps.valueStream().filter(Watched::isOver).count();
        int total = steps.size();
        if (total == 0) {
            return "";
        }
        int full = (int) (BAR * done / total);
        return "  [" + "#".repeat(full) + ".".repeat(BAR - full) + "] " + done + "/" + total;
    }

    private long seconds() {
        return Duration.between(begin, session.machine().clock().instant()).toSeconds();
    }
}
