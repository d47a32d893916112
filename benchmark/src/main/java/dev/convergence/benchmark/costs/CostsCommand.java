package dev.convergence.benchmark.costs;

import dev.convergence.benchmark.engine.report.Machine;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import tools.jackson.databind.json.JsonMapper;

/// `convergence bench costs`.
@Command(
        name = "costs",
        mixinStandardHelpOptions = true,
        description = "Reads costs, findings and quality of a large data set back over HTTP.",
        sortOptions = false)
public final class CostsCommand implements Callable<Integer> {

    private static final int TIMES_MIN = 2;

    @Option(
            names = "--rows",
            defaultValue = "10000000",
            description = "How many charges the data set has (${DEFAULT-VALUE}).")
    private long rows;

    @Option(
            names = "--times",
            defaultValue = "40",
            description = "How often each route is asked (${DEFAULT-VALUE}).")
    private int times;

    @Option(names = "--json", description = "Where to write everything as JSON.")
    private @Nullable Path json;

    @Option(
            names = "--folder",
            description = "Where the data set is made; a temporary folder when not given.")
    private @Nullable Path folder;

    @Option(
            names = "--server",
            description = "The server's jar; the one of this build when not given.")
    private @Nullable Path server;

    @Spec private @Nullable CommandSpec spec;

    @Override
    public Integer call() throws Exception {
        Path jar = server == null ? beside() : server;
        if (rows < 1 || times < TIMES_MIN || !Files.isRegularFile(jar)) {
            errors().println(
                            "Give --rows of 1 or more, --times of 2 or more, and a --server that is there.");
            return CommandLine.ExitCode.USAGE;
        }
        Path parent = folder == null ? Path.of(System.getProperty("java.io.tmpdir")) : folder;
        Path made = Files.createTempDirectory(Files.createDirectories(parent), "bench-costs");
        try (CostServer running = CostServer.start(jar, made)) {
            CostData.fill(running.dataSet(), rows);
            List<CostTimes> all = new ArrayList<>();
            for (CostRoute route : CostRoute.values()) {
                System.err.println(route.path + "…");
                all.add(CostTimes.of(running, route, times));
            }
            report(all, Files.size(running.dataSet()), running.peak());
            return CommandLine.ExitCode.OK;
        } finally {
            delete(made);
        }
    }

    /// Beside this program's own jar, or the classes that it is made of.
    private static Path beside() throws URISyntaxException {
        Path own =
                Path.of(
                        CostsCommand.class
                                .getProtectionDomain()
                                .getCodeSource()
                                .getLocation()
                                .toURI());
        Path root = Objects.requireNonNull(own.resolve("../../..").normalize());
        return root.resolve("service/target/convergence-service.jar");
    }

    private void report(List<CostTimes> all, long bytes, long serverMebibytes) throws IOException {
        Map<String, String> machine = Machine.facts();
        System.out.println("machine: " + machine);
        System.out.printf(
                "%,d charges, %,d MiB; the server held at most %,d MiB%n%n",
                rows, bytes >> 20, serverMebibytes);
        System.out.println(
                "| route | cold | p50 | p95 | two at once, p50 | p95 | memory of a query process |");
        System.out.println("|---|---:|---:|---:|---:|---:|---:|");
        for (CostTimes one : all) {
            System.out.printf(
                    "| `%s` | %.0f ms | %.0f ms | %.0f ms | %.0f ms | %.0f ms | %,d MiB |%n",
                    one.route().path,
                    one.cold(),
                    one.p50(),
                    one.p95(),
                    one.p50OfTwo(),
                    one.p95OfTwo(),
                    one.queryMebibytes());
        }
        if (json != null) {
            JsonMapper.shared()
                    .writeValue(
                            json,
                            Map.of(
                                    "machine", machine, "rows", rows, "bytes", bytes, "routes",
                                    all));
        }
    }

    private static void delete(Path made) throws IOException {
        List<Path> found;
        try (Stream<Path> files = Files.walk(made)) {
            found = files.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path file : found) {
            Files.deleteIfExists(file);
        }
    }

    private PrintWriter errors() {
        return Objects.requireNonNull(spec).commandLine().getErr();
    }
}
