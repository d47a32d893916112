package dev.convergence.service;

import dev.convergence.service.config.Role;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What `serve` was told on the command line.
///
/// @param port 0: any free one
public record ServeArguments(
        int port, Path dataDirectory, Set<Role> roles, @Nullable Path configFile) {

    static final String USAGE =
            "usage: convergence serve [--port 8080] [--data-dir ./data]"
                    + " [--roles api,scheduler,worker] [--config FILE]";

    private static final int MOST_PORT = 65_535;

    public ServeArguments {
        dataDirectory = dataDirectory.toAbsolutePath().normalize();
        roles = Set.copyOf(roles);
    }

    static ServeArguments parse(List<String> arguments) {
        int port = 8080;
        Path dataDirectory = Path.of("data");
        Set<Role> roles = EnumSet.allOf(Role.class);
        Path configFile = null;
        Deque<String> rest = new ArrayDeque<>(separated(arguments));
        while (!rest.isEmpty()) {
            String option = rest.pop();
            switch (option) {
                case "--port" -> port = port(value(option, rest));
                case "--data-dir" -> dataDirectory = Path.of(value(option, rest));
                case "--roles" -> roles = roles(value(option, rest));
                case "--config" -> configFile = Path.of(value(option, rest));
                default -> throw new WrongUsage(option + " is not known.\n" + USAGE);
            }
        }
        return new ServeArguments(port, dataDirectory, roles, configFile);
    }

    /// `--port=1` as two words, as `--port 1` has it.
    private static List<String> separated(List<String> arguments) {
        return arguments.stream()
                .flatMap(word ->
                        word.startsWith("--")
                                ? List.of(word.split("=", 2)).stream()
                                : List.of(word).stream())
                .toList();
    }

    private static String value(String option, Deque<String> rest) {
        String value = rest.poll();
        if (value == null || value.isEmpty() || value.startsWith("--")) {
            throw new WrongUsage(option + " needs a value.\n" + USAGE);
        }
        return value;
    }

    private static int port(String text) {
        try {
            int port = Integer.parseInt(text);
            if (port >= 0 && port <= MOST_PORT) {
                return port;
            }
        } catch (NumberFormatException e) {
            // The sentence below says what is expected.
        }
        throw new WrongUsage("--port " + text + " is not a number from 0 to 65535.");
    }

    private static Set<Role> roles(String text) {
        Set<Role> roles = EnumSet.noneOf(Role.class);
        for (String word : text.split(",")) {
            try {
                roles.add(Role.valueOf(word.strip().toUpperCase(Locale.ROOT)));
            } catch (IllegalArgumentException e) {
                throw new WrongUsage("--roles " + text + ": write some of api, scheduler, worker.");
            }
        }
        return roles;
    }
}
