package dev.convergence.cli;

import java.io.PrintWriter;
import java.util.List;

/// A command cannot go on: what went wrong in one line, what to do in the lines below.
final class Failure extends RuntimeException {

    private final Exit exit;
    private final List<String> advice;

    Failure(Exit exit, String message, List<String> advice) {
        super(message);
        this.exit = exit;
        this.advice = List.copyOf(advice);
    }

    Failure(Exit exit, String message, String... advice) {
        this(exit, message, List.of(advice));
    }

    static Failure usage(String message, String... advice) {
        return new Failure(Exit.USAGE, message, advice);
    }

    Exit exit() {
        return exit;
    }

    /// A server's text must not move the cursor or colour the terminal.
    void print(PrintWriter err, Style style) {
        err.println(style.bad("error: ") + Style.plain(String.valueOf(getMessage())));
        advice.forEach(line -> err.println("  " + Style.plain(line)));
    }
}
