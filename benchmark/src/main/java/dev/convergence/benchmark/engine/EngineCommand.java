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
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `convergence bench engine`.
@Command(
        name = "engine",
        mixinStandardHelpOptions = true,
        description = "Runs this engine and its peers one after another on the same PostgreSQL.",
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
            names = "--schedules",
            defaultValue = "10000",
            description = "How many schedules come due at once (${DEFAULT-VALUE}).")
    private int schedules;

    @Option(names = "--json", description = "Where to write everything as JSON.")
    private @Nullable Path json;

    @Option(
            names = "--url",
            description = "An empty database to use, instead of starting a server.")
    private @Nullable String url;

    @Option(
            names = "--slots",
            defaultValue = "1000",
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

    @Override
    public Integer call() throws Exception {
        Plan plan = new Plan(jobs, rounds, schedules, lines());
        try (Server server = url == null ? Server.start() : Server.at(url)) {
            Map<String, String> postgres = Facts.of(server);
            if (!Facts.isDurable(postgres) && !withoutFsync) {
                System.err.println(
                        "This PostgreSQL has fsync, synchronous_commit or full_page_writes off:"
                                + " what is fast there may be lost. Switch them on.");
                return 2;
            }
            Bench bench = new Bench(server, plan, new Sizing(slots, connections), System.err);
            Map<String, String> leftOut = leftOut();
            List<String> names = names();
            names.removeAll(leftOut.keySet());
            return show(bench.run(names, leftOut, postgres));
        }
    }

    private Set<Line> lines() {
        return only.isEmpty()
                ? Line.all()
                : only.stream().map(Line::of).collect(Collectors.toSet());
    }

    private Map<String, String> leftOut() throws InterruptedException {
        Map<String, String> leftOut = new LinkedHashMap<>();
        for (String name : names()) {
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
        if (json != null) {
            Json.write(report, json);
        }
        return report.isSound() ? 0 : 1;
    }
}
