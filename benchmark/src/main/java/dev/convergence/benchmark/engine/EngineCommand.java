package dev.convergence.benchmark.engine;

import dev.convergence.benchmark.engine.contestant.Contestants;
import dev.convergence.benchmark.engine.contestant.Sizing;
import dev.convergence.benchmark.engine.line.Line;
import dev.convergence.benchmark.engine.line.Plan;
import dev.convergence.benchmark.engine.report.Json;
import dev.convergence.benchmark.engine.report.Report;
import dev.convergence.benchmark.engine.report.Table;
import dev.convergence.benchmark.engine.server.Facts;
import dev.convergence.benchmark.engine.server.Server;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `convergence bench engine`.
@Command(
        name = "engine",
        mixinStandardHelpOptions = true,
        description = "Runs this engine and its peers in turns on the same PostgreSQL.",
        sortOptions = false)
public final class EngineCommand implements Callable<Integer> {

    @Option(
            names = "--jobs",
            defaultValue = "200000",
            description = "How many jobs a drain begins with (${DEFAULT-VALUE}).")
    private int jobs;

    @Option(
            names = "--against",
            split = ",",
            description = "Whom to compare with; 'none' for ours alone. Default: all that can run.")
    private List<String> against = Contestants.PEERS;

    @Option(names = "--only", split = ",", description = "Which lines to measure. Default: all.")
    private List<String> only = List.of();

    @Option(
            names = "--rounds",
            defaultValue = "3",
            description = "How often each line is measured (${DEFAULT-VALUE}).")
    private int rounds;

    @Option(
            names = "--warm-up",
            defaultValue = "30",
            description =
                    "For how many seconds each contestant drains before it is measured"
                            + " (${DEFAULT-VALUE}).")
    private int warmUpSeconds;

    @Option(
            names = "--schedules",
            defaultValue = "10000",
            description = "How many schedules come due at once (${DEFAULT-VALUE}).")
    private int schedules;

    @Option(
            names = "--backlog",
            defaultValue = "500000",
            description = "How many jobs another tenant has waiting (${DEFAULT-VALUE}).")
    private int backlog;

    @Option(
            names = "--rows",
            defaultValue = "1000000",
            description =
                    "How many jobs wait and have ended, how many configs are idle (${DEFAULT-VALUE}).")
    private int rows;

    @Option(
            names = "--snapshot",
            defaultValue = "60",
            description = "For how many seconds an old snapshot is held (${DEFAULT-VALUE}).")
    private int snapshotSeconds;

    @Option(
            names = "--idle",
            defaultValue = "30",
            description = "For how many seconds idle nodes are watched (${DEFAULT-VALUE}).")
    private int idleSeconds;

    @Option(names = "--json", description = "Where to write everything as JSON, after each line.")
    private @Nullable Path json;

    @Option(
            names = "--url",
            description = "An empty database to use, instead of starting a server.")
    private @Nullable String url;

    @Option(
            names = "--slots",
            defaultValue = "4000",
            description = "How many jobs a node of ours runs at once (${DEFAULT-VALUE}).")
    private int slots;

    @Option(
            names = "--connections",
            defaultValue = "16",
            description = "How many connections a node of ours may use (${DEFAULT-VALUE}).")
    private int connections;

    @Option(
            names = "--without-fsync",
            hidden = true,
            description = "Measures a server that is not durable; the figures mean nothing.")
    private boolean withoutFsync;

    @Spec private @Nullable CommandSpec spec;

    @Override
    public Integer call() throws Exception {
        try {
            return measure(names(), plan());
        } catch (IllegalArgumentException refusal) {
            errors().println(refusal.getMessage());
            return CommandLine.ExitCode.USAGE;
        }
    }

    private PrintWriter errors() {
        return Objects.requireNonNull(spec).commandLine().getErr();
    }

    private int measure(List<String> names, Plan plan) throws Exception {
        try (Server server = url == null ? Server.start() : Server.at(url)) {
            Map<String, String> postgres = Facts.of(server);
            if (!Facts.isDurable(postgres) && !withoutFsync) {
                throw new IllegalArgumentException(
                        "This PostgreSQL has fsync, synchronous_commit or full_page_writes off:"
                                + " what is fast there may be lost. Switch them on.");
            }
            Map<String, String> leftOut = leftOut(names);
            names.removeAll(leftOut.keySet());
            Bench bench = new Bench(server, plan, new Sizing(slots, connections), System.err);
            return show(bench.run(names, leftOut, postgres, this::keep));
        }
    }

    private Plan plan() {
        return new Plan(jobs, rounds, Duration.ofSeconds(warmUpSeconds), scale(), lines());
    }

    private Plan.Scale scale() {
        return new Plan.Scale(
                schedules,
                backlog,
                rows,
                Duration.ofSeconds(snapshotSeconds),
                Duration.ofSeconds(idleSeconds));
    }

    private Set<Line> lines() {
        return only.isEmpty()
                ? Line.all()
                : only.stream().map(Line::of).collect(Collectors.toSet());
    }

    private static Map<String, String> leftOut(List<String> names) throws InterruptedException {
        Map<String, String> leftOut = new LinkedHashMap<>();
        for (String name : names) {
            Contestants.hindrance(name).ifPresent(reason -> leftOut.put(name, reason));
        }
        return leftOut;
    }

    private List<String> names() {
        List<String> names = new ArrayList<>(List.of(Contestants.OURS));
        against.stream().filter(name -> !name.equals("none")).forEach(names::add);
        names.forEach(Contestants::requireKnown);
        return names;
    }

    private int show(Report report) {
        new Table(report, System.out).print();
        keep(report);
        return report.isSound() ? 0 : 1;
    }

    private void keep(Report report) {
        if (json != null) {
            Json.write(report, json);
        }
    }
}
