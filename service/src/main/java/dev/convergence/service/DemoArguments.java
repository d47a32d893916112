package dev.convergence.service;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// What `demo` was told on the command line.
///
/// @param once true: ends after the table; false: goes on serving
record DemoArguments(boolean once, ServeArguments server) {

    static final String USAGE =
            "usage: convergence demo [--once] [--port N] [--data-dir DIR] [--config FILE]";

    private static final Set<String> OF_THE_SERVER = Set.of("--port", "--data-dir", "--config");

    /// A demo that ends by itself needs no known port, so it takes a free one when not told.
    static DemoArguments parse(List<String> arguments) {
        List<String> rest = new ArrayList<>(arguments);
        boolean once = rest.removeIf("--once"::equals);
        for (String word : rest) {
            String option = word.split("=", 2)[0];
            if (option.startsWith("--") && !OF_THE_SERVER.contains(option)) {
                throw new WrongUsage(option + " is not known.\n" + USAGE);
            }
        }
        if (once && rest.stream().noneMatch(word -> word.split("=", 2)[0].equals("--port"))) {
            rest.addAll(List.of("--port", "0"));
        }
        return new DemoArguments(once, ServeArguments.parse(rest));
    }
}
