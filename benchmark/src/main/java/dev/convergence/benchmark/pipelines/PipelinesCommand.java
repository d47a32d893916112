package dev.convergence.benchmark.pipelines;

import dev.convergence.benchmark.costs.CostData;
import dev.convergence.benchmark.engine.report.Machine;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import tools.jackson.databind.json.JsonMapper;

/// `convergence bench pipelines`.
@Command(
        name = "pipelines",
        mixinStandardHelpOptions = true,
        description = "Loads generated bills, each beside plain DuckDB on the same file.",
        sortOptions = false)
public final class PipelinesCommand implements Callable<Integer> {

    /// Loaded before anything counts: whoever comes first would pay for loading DuckDB itself.
    private static final long WARM_UP_ROWS = 10_000;

    @Option(
            names = "--rows",
            defaultValue = "5000000",
            description = "How many lines each bill has (${DEFAULT-VALUE}).")
    private long rows;

    @Option(
            names = "--bills",
            split = ",",
            description = "Which bills to load; all of them when not given.")
    private List<String> bills = List.of();

    @Option(
            names = "--onto",
            defaultValue = "0",
            description = "How many other charges the data set has before (${DEFAULT-VALUE}).")
    private long onto;

    @Option(names = "--json", description = "Where to write everything as JSON.")
    private @Nullable Path json;

    @Option(
            names = "--folder",
            description = "Where files and data sets are made; a temporary folder when not given.")
    private @Nullable Path folder;

    @Spec private @Nullable CommandSpec spec;

    @Override
    public Integer call() throws Exception {
        List<Bill> asked;
        try {
            asked =
                    bills.isEmpty()
                            ? List.of(Bill.values())
                            : bills.stream().map(Bill::named).toList();
            if (rows < 1 || onto < 0) {
                throw new IllegalArgumentException(
                        "A bill has at least one row, and a data set no fewer than none.");
            }
        } catch (IllegalArgumentException refusal) {
            errors().println(refusal.getMessage());
            return CommandLine.ExitCode.USAGE;
        }
        Path parent = folder == null ? Path.of(System.getProperty("java.io.tmpdir")) : folder;
        Path made = Files.createTempDirectory(Files.createDirectories(parent), "bench-pipelines");
        try {
            List<Measured> measured = new ArrayList<>();
            Map<String, String> machine = Machine.facts();
            printHead(machine, System.out);
            measure(asked.getFirst(), Math.min(rows, WARM_UP_ROWS), 0, made.resolve("warm-up"));
            for (Bill bill : asked) {
                System.err.println(bill.title + "…");
                Measured one = measure(bill, rows, onto, made.resolve(bill.toString()));
                printRow(one, System.out);
                measured.add(one);
                if (json != null) {
                    JsonMapper.shared()
                            .writeValue(json, Map.of("machine", machine, "bills", measured));
                }
            }
            printSteps(measured, System.out);
            return CommandLine.ExitCode.OK;
        } finally {
            Folders.delete(made);
        }
    }

    private static Measured measure(Bill bill, long rows, long onto, Path here) throws Exception {
        Pipeline pipeline = new Pipeline(here);
        Path file = new BillFile(pipeline.folder(bill)).write(bill, rows);
        if (onto > 0) {
            CostData.fill(pipeline.dataSet(), onto);
        }
        PeakMemory.forget();
        AtomicLong plainRows = new AtomicLong();
        Path database = here.resolve("plain.duckdb");
        Took plain = Took.until(() -> plainRows.set(Plain.load(bill, file, database)));
        long plainPeak = PeakMemory.mebibytes();
        Files.delete(database);
        PeakMemory.forget();
        Pipeline.Loaded first = pipeline.load(bill);
        Pipeline.Loaded second = pipeline.load(bill);
        long peak = PeakMemory.mebibytes();
        requireSame(plainRows.get(), first.rows());
        requireSame(first.rows(), second.rows());
        Measured found =
                new Measured(
                        bill,
                        first.rows(),
                        Files.size(file),
                        plain,
                        first.steps(),
                        second.steps(),
                        plainPeak,
                        peak);
        Folders.delete(here);
        return found;
    }

    private static void requireSame(long one, long other) throws IOException {
        if (one != other) {
            throw new IOException("NOT SOUND: " + one + " rows, then " + other + ".");
        }
    }

    /// Each row is printed when it is known: a run that is cut off has said what it found.
    private static void printHead(Map<String, String> machine, PrintStream out) {
        out.println("machine: " + machine);
        out.println();
        out.println(
                "| bill | rows | file | DuckDB alone | ours | ours : DuckDB | of processor time | again : first | of processor time | peak memory, DuckDB alone | ours |");
        out.println("|---|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|");
    }

    private static void printRow(Measured one, PrintStream out) {
        out.printf(
                "| %s | %,d | %,d MiB | %,.0f rows/s | %,.0f rows/s | %.2f | %.2f | %.2f | %.2f | %,d MiB | %,d MiB |%n",
                one.bill().title,
                one.rows(),
                one.fileBytes() >> 20,
                one.rows() / one.plain().seconds(),
                one.rows() / one.firstInAll().seconds(),
                one.ratio(),
                one.processorRatio(),
                one.secondToFirst(),
                one.processorSecondToFirst(),
                one.plainPeakMebibytes(),
                one.peakMebibytes());
    }

    private static void printSteps(List<Measured> measured, PrintStream out) {
        out.println();
        out.println("Seconds, and in brackets seconds of processor time:");
        for (Measured one : measured) {
            out.print(one.bill().title + ": DuckDB alone" + said(one.plain()));
            one.first().forEach((step, took) -> out.print(", " + step + said(took)));
            out.print("; again");
            one.second().forEach((step, took) -> out.print(", " + step + said(took)));
            out.println();
        }
    }

    private static String said(Took took) {
        return String.format(Locale.ROOT, " %.2f (%.2f)", took.seconds(), took.processorSeconds());
    }

    private PrintWriter errors() {
        return Objects.requireNonNull(spec).commandLine().getErr();
    }
}
