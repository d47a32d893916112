package dev.convergence.benchmark.chaos;

import dev.convergence.benchmark.chaos.attack.Attack;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `convergence bench chaos`: nodes killed, frozen and cut off while the books are kept.
@Command(
        name = "chaos",
        description = "Attacks nodes and PostgreSQL while jobs run, then looks at the books.",
        mixinStandardHelpOptions = true)
public final class ChaosCommand implements Callable<Integer> {

    private static final int SEEDS = 1_000_000;

    @Option(names = "--jobs", defaultValue = "100000", description = "default ${DEFAULT-VALUE}")
    private int jobs;

    @Option(names = "--nodes", defaultValue = "3", description = "default ${DEFAULT-VALUE}")
    private int nodes;

    @Option(names = "--tenants", defaultValue = "50", description = "default ${DEFAULT-VALUE}")
    private int tenants;

    @Option(
            names = "--seconds",
            defaultValue = "150",
            description = "how long the storm lasts; default ${DEFAULT-VALUE}")
    private int seconds;

    @Option(
            names = "--lease",
            defaultValue = "15",
            description = "seconds; default ${DEFAULT-VALUE}, as the engine's")
    private int leaseSeconds;

    @Option(
            names = "--drain",
            defaultValue = "900",
            description = "how many seconds the rest may take; default ${DEFAULT-VALUE}")
    private int drainSeconds;

    @Option(names = "--seed", description = "of everything that is chance; drawn when not given")
    private @Nullable Long seed;

    @Option(
            names = "--only",
            split = ",",
            description =
                    "kill, freeze, postgres-restart, postgres-kill, terminate, exhaust, skew,"
                            + " snapshot; all unless named")
    private @Nullable List<String> only;

    @Option(names = "--json", description = "a file for the report")
    private @Nullable Path json;

    @Option(
            names = "--dir",
            description = "a folder for the database and the nodes' logs; kept when named")
    private @Nullable Path folder;

    @Override
    public Integer call() throws IOException, InterruptedException {
        ChaosSettings settings = settings();
        System.out.printf(
                "seed %d: %,d jobs of %d tenants on %d nodes, lease %d s, logs in %s%n",
                settings.seed(), jobs, tenants, nodes, leaseSeconds, settings.folder());
        ChaosReport report = new Chaos(settings, System.out).run();
        report.print(System.out);
        if (json != null) {
            report.writeTo(json);
        }
        return report.breaches().isEmpty() ? 0 : 1;
    }

    private ChaosSettings settings() throws IOException {
        Path place = folder == null ? Files.createTempDirectory("convergence-chaos") : folder;
        return new ChaosSettings(
                jobs,
                nodes,
                tenants,
                Duration.ofSeconds(seconds),
                seed == null ? ThreadLocalRandom.current().nextInt(SEEDS) : seed,
                attacks(),
                Duration.ofSeconds(leaseSeconds),
                Duration.ofSeconds(drainSeconds),
                Files.createDirectories(place).toRealPath());
    }

    private Set<Attack> attacks() {
        return only == null
                ? EnumSet.allOf(Attack.class)
                : only.stream().map(Attack::of).collect(Collectors.toSet());
    }
}
