package dev.convergence.benchmark.lists;

import dev.convergence.benchmark.engine.line.Figure;
import dev.convergence.benchmark.engine.report.Json;
import dev.convergence.benchmark.engine.report.Machine;
import dev.convergence.benchmark.engine.report.Report;
import dev.convergence.benchmark.engine.server.WallClock;
import dev.convergence.benchmark.pipelines.Folders;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
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

/// `convergence bench lists`.
@Command(
        name = "lists",
        mixinStandardHelpOptions = true,
        description = "Asks for every list of a server with a million runs.",
        sortOptions = false)
public final class ListsCommand implements Callable<Integer> {

    @Option(
            names = "--runs",
            defaultValue = "1000000",
            description =
                    "How many runs there are (${DEFAULT-VALUE}); half of them are of one tenant.")
    private int runs;

    @Option(
            names = "--tenants",
            defaultValue = "10000",
            description = "How many tenants there are (${DEFAULT-VALUE}).")
    private int tenants;

    @Option(
            names = "--configs",
            defaultValue = "50000",
            description = "How many configs there are (${DEFAULT-VALUE}).")
    private int configs;

    @Option(
            names = "--waiting",
            defaultValue = "200000",
            description = "How many more jobs wait in the large tenant's queue (${DEFAULT-VALUE}).")
    private int waiting;

    @Option(
            names = "--entries",
            defaultValue = "1000000",
            description = "How many entries the audit log has (${DEFAULT-VALUE}).")
    private int entries;

    @Option(
            names = "--told",
            defaultValue = "500000",
            description =
                    "How many deliveries of webhooks, and how many notifications (${DEFAULT-VALUE}).")
    private int told;

    @Option(
            names = "--days",
            defaultValue = "30",
            description = "Over how many days the history is spread (${DEFAULT-VALUE}).")
    private int days;

    @Option(
            names = "--requests",
            defaultValue = "40",
            description = "How often each page is asked for (${DEFAULT-VALUE}).")
    private int requests;

    @Option(
            names = "--within",
            defaultValue = "300",
            description = "How many milliseconds the 95th percentile may be (${DEFAULT-VALUE}).")
    private double within;

    @Option(
            names = "--only",
            defaultValue = "",
            description = "Only pages whose line contains this.")
    private String only = "";

    @Option(names = "--json", description = "Where to write everything as JSON.")
    private @Nullable Path json;

    @Option(
            names = "--data-dir",
            description =
                    "Where the server keeps its data; filled when it is empty, and left there. Without it a temporary folder.")
    private @Nullable Path dataDir;

    @Option(names = "--server", description = "The server's jar, when it is not in its place.")
    private @Nullable Path jar;

    @Spec private @Nullable CommandSpec spec;

    @Override
    public Integer call() throws Exception {
        try {
            Scale scale = new Scale(runs, tenants, configs, waiting, entries, told, days);
            Report report = dataDir == null ? inTemporaryFolder(scale) : measure(scale, dataDir);
            ListsTable.print(report, System.out);
            if (json != null) {
                Json.write(report, json);
            }
            return report.isSound() ? 0 : 1;
        } catch (IllegalArgumentException refusal) {
            PrintWriter errors = Objects.requireNonNull(spec).commandLine().getErr();
            errors.println(refusal.getMessage());
            return CommandLine.ExitCode.USAGE;
        }
    }

    private Report inTemporaryFolder(Scale scale) throws Exception {
        Path folder = Files.createTempDirectory("convergence-lists");
        try {
            return measure(scale, folder);
        } finally {
            Folders.delete(folder);
        }
    }

    private Report measure(Scale scale, Path data) throws Exception {
        Files.createDirectories(data);
        Path server = jar == null ? ServiceJar.path() : jar;
        try (LargeServer large = LargeServer.start(server, data)) {
            Instant now = WallClock.instant().truncatedTo(ChronoUnit.SECONDS);
            Filling filling = new Filling(large.databaseUrl(), System.err);
            List<String> faults = filling.isThere() ? List.of() : filling.fill(scale, now);
            return new Report(
                    Machine.facts(),
                    filling.facts(),
                    Map.of("filled", scale.facts()),
                    Map.of(),
                    figures(large, scale, now, faults));
        }
    }

    private List<Figure> figures(LargeServer server, Scale scale, Instant now, List<String> faults)
            throws Exception {
        Asking asking = callers(server);
        Landmarks large = Landmarks.of(asking, Who.LARGE, Tenants.LARGE, scale, now);
        Landmarks small = Landmarks.of(asking, Who.SMALL, Tenants.SMALL, scale, now);
        List<Question> questions =
                Questions.all(large, small).stream()
                        .filter(question -> question.label().contains(only))
                        .toList();
        List<Figure> figures = new Pages(asking, requests, within, System.err).measure(questions);
        return figures.stream()
                .map(figure -> faults.isEmpty() ? figure : figure.faults(faults))
                .toList();
    }

    private static Asking callers(LargeServer server) throws IOException, InterruptedException {
        URI address = server.address();
        String[] operator = {"X-Admin-Key", server.operatorKey()};
        Asking asOperator = new Asking(address, Map.of(Who.OPERATOR, operator));
        return new Asking(
                address,
                Map.of(
                        Who.OPERATOR,
                        operator,
                        Who.LARGE,
                        Tenants.key(asOperator, Tenants.LARGE),
                        Who.SMALL,
                        Tenants.key(asOperator, Tenants.SMALL)));
    }
}
