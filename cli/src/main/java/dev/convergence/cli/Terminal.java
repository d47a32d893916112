package dev.convergence.cli;

import java.io.Console;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Which of the three streams a person sits at, and how wide the window is.
///
/// The launcher knows, and says so in a property, because Java can tell only all of them together.
///
/// @param columns of the window; 0 when nobody knows
record Terminal(boolean in, boolean out, boolean err, int columns) {

    static final Terminal NONE = new Terminal(false, false, false, 0);

    /// @param streams the digits of those that are terminals, or null when nobody looked
    static Terminal of(@Nullable String streams, Map<String, String> environment) {
        int columns = number(environment.getOrDefault("COLUMNS", ""));
        if (streams == null) {
            Console console = System.console();
            boolean is = console != null && console.isTerminal();
            return new Terminal(is, is, is, columns);
        }
        return new Terminal(
                streams.contains("0"), streams.contains("1"), streams.contains("2"), columns);
    }

    private static int number(String text) {
        return text.matches("[1-9]\\d{0,4}") ? Integer.parseInt(text) : 0;
    }
}
