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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Reads the files of a bill into the run's raw table, one row for each line: `source.extract`.
///
/// Settings: `format`, `table`. Parameters: `source`, `file`, `url`, and `bad_rows`: `fail`
/// (default), or `skip` to load the lines that can be read.
public final class ExtractStep implements Step {

    private static final Logger LOG = LoggerFactory.getLogger(ExtractStep.class);

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
            Format format = format(context);
            String table = Identifier.checked("table", context.settings().get("table"));
            Source.Fetched fetched = sources.of(context).fetch(context, format);
            return extract(context, format, table, fetched);
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

    private Format format(StepContext context) {
        String name = String.valueOf(context.settings().get("format"));
        Format format = formats.get(name);
        if (format == null) {
            throw new EngineException(
                    ErrorCode.INVALID_TEMPLATE,
                    "format: '"
                            + name
                            + "' is none of "
                            + formats.keySet().stream().sorted().toList());
        }
        return format;
    }

    private static StepOutcome extract(
            StepContext context, Format format, String table, Source.Fetched fetched)
            throws SQLException, IOException {
        try (Session staging = new Session(Staging.of(context).connect(), context.cancellation())) {
            Read read = read(context, format, table, fetched.files(), staging);
            Staged staged = new Staged(staging, format, table);
            if (!staged.count().same(read.totals())) {
                return StepOutcome.Failed.transiently("Not every line that was read was staged.");
            }
            long leftOut = 0;
            if (fetched.byDays()) {
                leftOut = staged.replaceDays(context.window());
            } else {
                staged.replacePeriods();
            }
            staged.raw();
            staged.totals(staged.count());
            StagedFormats.remember(staging, table, format.name());
            return done(context, fetched.files(), read, leftOut);
        }
    }

    private static Read read(
            StepContext context,
            Format format,
            String table,
            List<LandedFile> files,
            Session staging)
            throws SQLException, IOException {
        RawTable raw =
                RawTable.create(
                        staging.connection(),
                        format,
                        table,
                        context.provider(),
                        context.run().toString(),
                        context.startedAt());
        try (raw) {
            FileReader reader = new FileReader(staging.connection(), Intake.of(context));
            for (LandedFile file : files) {
                reader.read(file, raw.sink(file.name(), context.cancellation()));
            }
        }
        refuseBadRows(context, raw);
        return new Read(new Totals(raw.rows(), raw.cost()), raw.badRows());
    }

    private static void refuseBadRows(StepContext context, RawTable raw) {
        if (raw.badRows() == 0) {
            return;
        }
        if (!"skip".equals(context.parameters().get("bad_rows"))) {
            throw new EngineException(ErrorCode.INVALID_PARAMETER, raw.badSentence());
        }
        context.log("Skipped: " + raw.badSentence());
    }

    private static StepOutcome done(
            StepContext context, List<LandedFile> files, Read read, long leftOut) {
        long bytes = files.stream().mapToLong(LandedFile::bytes).sum();
        long rows = read.totals().rows() - leftOut;
        String note =
                files.isEmpty()
                        ? "Nothing to load: the landing zone holds no file for this pipeline."
                        : "Read %d rows of %d files.".formatted(rows, files.size());
        context.log(note);
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("note", note);
        facts.put("files", files.stream().map(LandedFile::name).limit(100).toList());
        facts.put("rows_outside_window", leftOut);
        facts.put("bad_rows_skipped", read.badRows());
        return StepOutcome.Done.of(new StepRows(read.totals().rows(), rows, bytes), facts);
    }

    private record Read(Totals totals, long badRows) {}
}
