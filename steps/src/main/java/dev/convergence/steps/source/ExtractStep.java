package dev.convergence.steps.source;

import dev.convergence.engine.error.EngineException;
import dev.convergence.engine.error.ErrorCategory;
import dev.convergence.engine.error.ErrorCode;
import dev.convergence.engine.step.Step;
import dev.convergence.engine.step.StepContext;
import dev.convergence.engine.step.StepOutcome;
import dev.convergence.engine.step.StepRows;
import dev.convergence.steps.duckdb.Identifier;
import dev.convergence.steps.duckdb.Session;
import dev.convergence.steps.duckdb.Staging;
import dev.convergence.steps.intake.Intake;
import dev.convergence.steps.landing.LandedFile;
import dev.convergence.steps.source.Staged.Totals;
import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Reads the files of a bill into the run's raw table, one row for each line: `source.extract`.
///
/// Settings: `format`, `table`, and `also`: other formats that it takes, with the table of each.
/// Which of them a file has is told by its header. Parameters: `source`, `file`, `url`, and
/// `bad_rows`: `fail` (default), or `quarantine` (also `skip`) to load the lines that can be read.
public final class ExtractStep implements Step {

    private static final Logger LOG = LoggerFactory.getLogger(ExtractStep.class);
    private static final String ORGANIZATION = "organization_id";
    private static final Set<String> SKIPPING = Set.of("skip", "quarantine");

    private final Map<String, Format> formats;
    private final Sources sources;

    public ExtractStep(List<Format> formats, Sources sources) {
        this.formats =
                formats.stream().collect(Collectors.toMap(Format::name, Function.identity()));
        this.sources = sources;
    }

    @Override
    public String type() {
        return "source.extract";
    }

    @Override
    public StepOutcome run(StepContext context) {
        try {
            List<Target> targets = targets(context);
            Source.Fetched fetched =
                    sources.of(context).fetch(context, targets.getFirst().format());
            return extract(context, targets, fetched);
        } catch (EngineException refused) {
            return failed(refused);
        } catch (IOException | SQLException failure) {
            LOG.warn("Run {} could not read its files", context.run(), failure);
            return StepOutcome.Failed.transiently("The files could not be read to their end.");
        }
    }

    private static StepOutcome failed(EngineException refused) {
        String why = String.valueOf(refused.getMessage());
        return refused.code().category() == ErrorCategory.TRANSIENT
                ? StepOutcome.Failed.transiently(why)
                : StepOutcome.Failed.permanently(why);
    }

    /// What the pipeline takes; the first is what it is for.
    private List<Target> targets(StepContext context) {
        List<Target> targets = new ArrayList<>();
        Map<String, Object> settings = context.settings();
        targets.add(target(settings.get("format"), settings.get("table")));
        if (settings.get("also") instanceof Map<?, ?> others) {
            others.forEach((format, table) -> targets.add(target(format, table)));
        }
        return targets;
    }

    private Target target(@Nullable Object name, @Nullable Object table) {
        Format format = formats.get(String.valueOf(name));
        if (format == null) {
            throw new EngineException(
                    ErrorCode.INVALID_TEMPLATE,
                    "format: '"
                            + name
                            + "' is none of "
                            + formats.keySet().stream().sorted().toList());
        }
        return new Target(format, Identifier.checked("table", table));
    }

    private StepOutcome extract(StepContext context, List<Target> targets, Source.Fetched fetched)
            throws SQLException, IOException {
        Staging database = Staging.of(context, FileReader.bytesWithin(fetched.files()));
        try (var _ = database.inOrder();
                Session staging = new Session(database.connect(), context.cancellation())) {
            Reading reading = read(context, targets, fetched, staging);
            judgeBadRows(context, reading, staging);
            SourceColumns.remember(
                    staging, reading.target().table(), reading.title(), reading.columns());
            Snapshots.note(context, staging, reading, fetched.byDays());
            long leftOut = 0;
            for (Target target : staged(targets, reading)) {
                Totals totals = target.equals(reading.target()) ? reading.totals() : Totals.NONE;
                leftOut += stage(context, new Staged(staging, target), totals, fetched.byDays());
            }
            fetched.reports()
                    .replace(
                            staging,
                            targets.getFirst().table(),
                            context.provider(),
                            defaults(context, fetched).getOrDefault(ORGANIZATION, "default"),
                            context.window());
            return done(context, fetched.files(), reading, leftOut);
        }
    }

    /// What the pipeline is for is staged even when its files are of another format it takes: the
    /// steps behind this one look for it.
    private static List<Target> staged(List<Target> targets, Reading reading) {
        return Stream.of(targets.getFirst(), reading.target()).distinct().toList();
    }

    private Reading read(
            StepContext context, List<Target> targets, Source.Fetched fetched, Session staging)
            throws SQLException, IOException {
        Recognition recognition = new Recognition(formats.values());
        Map<String, String> defaults = defaults(context, fetched);
        try (Reading reading = new Reading(context, staging, recognition, targets, defaults)) {
            boolean alone = fetched.files().size() == 1;
            FileReader reader = new FileReader(staging.connection(), Intake.of(context), alone);
            for (LandedFile file : fetched.files()) {
                read(reader, file, reading.sink(file.name()));
                reading.end(file.name());
            }
            return reading;
        }
    }

    /// What cannot be read because it is being written is not broken.
    private static void read(FileReader reader, LandedFile file, RowSink sink) throws IOException {
        try {
            reader.read(file, sink);
        } catch (IOException | RuntimeException unreadable) {
            file.requireUnchanged();
            throw unreadable;
        }
        file.requireUnchanged();
    }

    /// A report of an organisation need not say which one it is.
    private static Map<String, String> defaults(StepContext context, Source.Fetched fetched) {
        Map<String, String> defaults = new LinkedHashMap<>(fetched.defaults());
        Object named = context.parameters().get(ORGANIZATION);
        if (named != null && !named.toString().isBlank()) {
            defaults.put(ORGANIZATION, named.toString().strip());
        }
        defaults.putIfAbsent(ORGANIZATION, "default");
        return defaults;
    }

    private static void judgeBadRows(StepContext context, Reading reading, Session staging)
            throws SQLException {
        BadRows bad = reading.bad();
        if (bad.count() == 0) {
            return;
        }
        String sentence = bad.sentence(reading.totals().rows());
        if (!SKIPPING.contains(String.valueOf(context.parameters().get("bad_rows")))) {
            throw new EngineException(ErrorCode.INVALID_PARAMETER, sentence);
        }
        bad.quarantine(staging, reading.target().table());
        context.log("Skipped: " + sentence);
    }

    /// @return how many rows of days that were not asked for were left out
    private static long stage(StepContext context, Staged staged, Totals read, boolean byDays)
            throws SQLException {
        staged.settle();
        if (!staged.count().same(read)) {
            throw new EngineException(
                    ErrorCode.SERVICE_UNAVAILABLE, "Not every line that was read was staged.");
        }
        long leftOut = 0;
        if (byDays) {
            leftOut = staged.replaceDays(context.window());
        } else {
            staged.replacePeriods();
        }
        staged.raw();
        staged.totals(staged.count());
        staged.remember();
        return leftOut;
    }

    private static StepOutcome done(
            StepContext context, List<LandedFile> files, Reading reading, long leftOut) {
        long bytes = files.stream().mapToLong(LandedFile::bytes).sum();
        long rows = reading.totals().rows() - leftOut;
        String note =
                files.isEmpty()
                        ? "Nothing to load: the landing zone holds no file for this pipeline."
                        : "Read %s of %s: %s."
                                .formatted(
                                        counted(rows, "row"),
                                        counted(files.size(), "file"),
                                        reading.title());
        context.log(note);
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("note", note);
        facts.put("files", files.stream().map(LandedFile::name).limit(100).toList());
        facts.put("layout", reading.title());
        facts.put("rows_outside_window", leftOut);
        facts.put("bad_rows_skipped", reading.bad().count());
        facts.put("bad_row_reasons", reading.bad().reasons());
        return StepOutcome.Done.of(new StepRows(reading.totals().rows(), rows, bytes), facts);
    }

    private static String counted(long count, String noun) {
        return count + " " + noun + (count == 1 ? "" : "s");
    }
}
