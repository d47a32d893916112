package dev.convergence.benchmark.chaos.node;

import java.time.Duration;
import java.util.List;

/// What a node's process is told on its command line.
///
/// @param life the name of this life of the node: `2.5` is the fifth process of the second node
/// @param connections how many its pool holds
public record LifeSettings(String life, String url, int slots, int connections, Duration lease) {

    private static final int COUNT = 5;

    public List<String> arguments() {
        return List.of(
                life,
                url,
                String.valueOf(slots),
                String.valueOf(connections),
                String.valueOf(lease.toMillis()));
    }

    static LifeSettings of(String[] arguments) {
        if (arguments.length != COUNT) {
            throw new IllegalArgumentException("A node is told " + COUNT + " things.");
        }
        return new LifeSettings(
                arguments[0],
                arguments[1],
                Integer.parseInt(arguments[2]),
                Integer.parseInt(arguments[3]),
                Duration.ofMillis(Long.parseLong(arguments[4])));
    }
}
