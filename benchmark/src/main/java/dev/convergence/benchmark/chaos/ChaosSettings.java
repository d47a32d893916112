package dev.convergence.benchmark.chaos;

import dev.convergence.benchmark.chaos.attack.Attack;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;

/// How much of what is done to whom.
///
/// @param storm how long attacks follow each other; the jobs are put in over this time
/// @param lease of the nodes
/// @param drain how long the healed nodes may take for the rest
/// @param folder for the database and the nodes' logs
public record ChaosSettings(
        int jobs,
        int nodes,
        int tenants,
        Duration storm,
        long seed,
        Set<Attack> attacks,
        Duration lease,
        Duration drain,
        Path folder) {

    public ChaosSettings {
        attacks = Set.copyOf(attacks);
        if (jobs < 1 || nodes < 2 || tenants < 1) {
            throw new IllegalArgumentException(
                    "Chaos needs a job, a tenant, and two nodes: one to die, one to notice.");
        }
    }
}
