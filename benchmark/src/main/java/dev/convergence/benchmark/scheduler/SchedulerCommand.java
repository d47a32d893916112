package dev.convergence.benchmark.scheduler;

import dev.convergence.benchmark.engine.report.Json;
import dev.convergence.benchmark.engine.report.Machine;
import dev.convergence.benchmark.engine.report.Report;
import dev.convergence.benchmark.engine.report.Table;
import dev.convergence.benchmark.engine.server.Facts;
import dev.convergence.benchmark.engine.server.Server;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `convergence bench scheduler`.
@Command(
        name = "scheduler",
        mixinStandardHelpOptions = true,
        description = "Fires schedules that come due at once, among a million that do not.",
        sortOptions = false)
public final class SchedulerCommand implements Callable<Integer> {

    @Option(
            names = "--configs",
            defaultValue = "1000000",
            description = "How many configs there are (${DEFAULT-VALUE}).")
    private int configs;

    @Option(
            names = "--due",
            split = ",",
            defaultValue = "10000,50000",
            description = "How many of them come due at once (${DEFAULT-VALUE}).")
    private List<Integer> due = List.of();

    @Option(
            names = "--rounds",
            defaultValue = "3",
            description = "How often each line is measured (${DEFAULT-VALUE}).")
    private int rounds;

    @Option(names = "--json", description = "Where to write everything as JSON.")
    private @Nullable Path json;

    @Option(
            names = "--url",
            description = "An empty database to use, instead of starting a server.")
    private @Nullable String url;

    @Option(
            names = "--without-fsync",
            hidden = true,
            description = "Measures a server that is not durable; the figures mean nothing.")
    private boolean withoutFsync;

    @Spec private @Nullable CommandSpec spec;

    @Override
    public Integer call() throws Exception {
        try (Server server = url == null ? Server.start() : Server.at(url)) {
            Map<String, String> postgres = Facts.of(server);
            if (!Facts.isDurable(postgres) && !withoutFsync) {
                throw new IllegalArgumentException(
                        "This PostgreSQL has fsync, synchronous_commit or full_page_writes off.");
            }
            Lines lines = new Lines(server, configs, due, rounds, System.err);
            Report report =
                    new Report(
                            Machine.facts(),
                            postgres,
                            Map.of("configs", Map.of("count", String.valueOf(configs))),
                            Map.of(),
                            lines.measure());
            new Table(report, System.out).print();
            if (json != null) {
                Json.write(report, json);
            }
            return report.isSound() ? 0 : 1;
        } catch (IllegalArgumentException refusal) {
            errors().println(refusal.getMessage());
            return CommandLine.ExitCode.USAGE;
        }
    }

    private PrintWriter errors() {
        return Objects.requireNonNull(spec).commandLine().getErr();
    }
}
