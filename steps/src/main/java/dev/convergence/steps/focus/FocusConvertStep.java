package dev.convergence.steps.focus;

import dev.convergence.engine.error.EngineException;
import dev.convergence.engine.error.ErrorCode;
import dev.convergence.engine.step.Step;
import dev.convergence.engine.step.StepContext;
import dev.convergence.engine.step.StepOutcome;
import dev.convergence.engine.step.StepRows;
import dev.convergence.steps.duckdb.Identifier;
import dev.convergence.steps.duckdb.Session;
import dev.convergence.steps.duckdb.Staging;
import dev.convergence.steps.source.StagedFormats;
import java.math.BigDecimal;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Turns the run's raw table into rows of the run's FOCUS table: `focus.convert`.
///
/// Settings: `from`, the raw table; `mapping`, the format of the bill. Nothing is dropped: not
/// credits, not refunds, not lines that cost nothing.
public final class FocusConvertStep implements Step {

    private static final Logger LOG = LoggerFactory.getLogger(FocusConvertStep.class);

    private static final Map<String, FocusMapping> MAPPINGS =
            List.of(
                            GcpFocus.mapping(),
                            AwsFocus.mapping(),
                            AzureFocus.mapping(),
                            OciFocus.mapping(),
                            AiFocus.openAi(),
                            AiFocus.claude())
                    .stream()
                    .collect(Collectors.toMap(FocusMapping::format, Function.identity()));

    @Override
    public String type() {
        return "focus.convert";
    }

    @Override
    public StepOutcome run(StepContext context) {
        try {
            String from = Identifier.checked("from", context.settings().get("from"));
            FocusMapping mapping = mapping(context.settings().get("mapping"));
            try (Session staging =
                    new Session(Staging.of(context).connect(), context.cancellation())) {
                return convert(staging, from, mapping);
            }
        } catch (EngineException refused) {
            return StepOutcome.Failed.permanently(String.valueOf(refused.getMessage()));
        } catch (SQLException failure) {
            LOG.warn("Run {} could not convert its rows", context.run(), failure);
            return StepOutcome.Failed.permanently("The rows could not be converted to FOCUS.");
        }
    }

    private static FocusMapping mapping(@Nullable Object name) {
        FocusMapping mapping = MAPPINGS.get(String.valueOf(name));
        if (mapping == null) {
            throw new EngineException(
                    ErrorCode.INVALID_TEMPLATE,
                    "mapping: '"
                            + name
                            + "' is none of "
                            + MAPPINGS.keySet().stream().sorted().toList());
        }
        return mapping;
    }

    private static final String SHAPE =
            """
            CREATE OR REPLACE TABLE focus_shape (
              %s)
            """;

    private static final String IMPORTED =
            "SELECT count(*) FROM duckdb_views() WHERE view_name = 'focus_cost_usage'";

    /// The extract has staged FOCUS rows itself, and nothing else.
    private static boolean isImported(Session staging) throws SQLException {
        return staging.one(IMPORTED, row -> row.getLong(1)) > 0;
    }

    /// An empty table of the right shape gives the mapping's rows the columns that it does not
    /// name.
    private static final String CONVERTED =
            """
            SELECT * FROM focus_shape UNION ALL BY NAME
            SELECT *, '1.4' AS x_FocusVersion FROM (
              WITH lines AS (SELECT s.*, %1$s AS service_key%2$s FROM %3$s_source s%4$s),
                services AS (SELECT * FROM focus_services)
              SELECT * FROM (%5$s))
            """;

    private static final String WINDOWS =
            """
            INSERT INTO load_windows
            SELECT 'focus_cost_usage', x_provider, account, period, first_day, last_day
            FROM load_windows WHERE table_name = ?
            """;

    private static StepOutcome convert(Session staging, String from, FocusMapping mapping)
            throws SQLException {
        if (isImported(staging)) {
            return StepOutcome.Done.of(
                    StepRows.NONE, Map.of("note", "The files are FOCUS already."));
        }
        staging.execute(SHAPE.formatted(FocusTable.definition()));
        refuseContradictions(staging, from, mapping);
        placeServices(staging, from, mapping);
        for (Lookup lookup : mapping.lookups()) {
            lookup.fill(staging, from);
        }
        createView(staging, from, mapping);
        Figures found = figures(staging);
        long rows = found.rows();
        BigDecimal billed = found.billed();
        staging.execute(WINDOWS, from);
        StagedFormats.remember(staging, FocusTable.NAME, FocusFormat.NAME);
        long charges = charges(staging, from, mapping);
        expect(staging, from, charges);
        if (rows != charges || !billedAsInSource(staging, from, billed)) {
            return StepOutcome.Failed.permanently(
                    "The FOCUS rows do not add up to what the source bills.");
        }
        return StepOutcome.Done.of(
                new StepRows(rows, rows, 0), Map.of("billed_cost", billed.toPlainString()));
    }

    private static final String CONTRADICTIONS = "SELECT (%s) AND count(*) > 0 FROM %s_source";

    private static void refuseContradictions(Session staging, String from, FocusMapping mapping)
            throws SQLException {
        String found = CONTRADICTIONS.formatted(mapping.contradiction(), from);
        if (staging.one(found, row -> row.getBoolean(1))) {
            throw new EngineException(
                    ErrorCode.INVALID_PARAMETER,
                    "file: the files hold an actual and an amortized export of the same charges;"
                            + " load one of the two.");
        }
    }

    private static final String SERVICES =
            """
            CREATE OR REPLACE TABLE focus_services AS
            SELECT DISTINCT (%s)::VARCHAR AS service_key, NULL::VARCHAR AS category,
              NULL::VARCHAR AS subcategory
            FROM %s_source
            """;

    private static final String PLACE =
            "UPDATE focus_services SET category = ?, subcategory = ? WHERE service_key = ?";

    /// Looks each service up once: a bill has few of them and many lines.
    private static void placeServices(Session staging, String from, FocusMapping mapping)
            throws SQLException {
        staging.execute(SERVICES.formatted(mapping.service(), from));
        List<String> keys =
                staging.list(
                        "SELECT service_key FROM focus_services WHERE service_key IS NOT NULL",
                        row -> row.getString(1));
        for (String key : keys) {
            ServiceCatalog.Place place = ServiceCatalog.of(mapping.provider(), key);
            staging.execute(PLACE, place.category(), place.subcategory(), key);
        }
    }

    /// Rows are made when they are read: they are checked and published, and written once.
    private static void createView(Session staging, String from, FocusMapping mapping)
            throws SQLException {
        List<Lookup> lookups = mapping.lookups();
        String converted =
                CONVERTED.formatted(
                        mapping.service(),
                        lookups.stream().map(Lookup::columns).collect(Collectors.joining()),
                        from,
                        lookups.stream().map(Lookup::join).collect(Collectors.joining()),
                        mapping.select());
        staging.execute("CREATE VIEW focus_cost_usage AS " + FocusRepairs.ofBill(converted));
    }

    private static long charges(Session staging, String from, FocusMapping mapping)
            throws SQLException {
        return staging.one(
                "SELECT count(*) FROM %s_source WHERE %s".formatted(from, mapping.charges()),
                row -> row.getLong(1));
    }

    private static final String EXPECT =
            """
            INSERT INTO load_source_totals
            SELECT 'focus_cost_usage', ?, source_cost FROM load_source_totals WHERE table_name = ?
            """;

    /// What the checks behind this step hold the FOCUS table against: it has no row for a line that
    /// is no charge.
    private static void expect(Session staging, String from, long charges) throws SQLException {
        staging.execute(EXPECT, charges, from);
    }

    private static final String SOURCE =
            "SELECT source_cost = ? FROM load_source_totals WHERE table_name = ?";

    private static boolean billedAsInSource(Session staging, String from, BigDecimal billed)
            throws SQLException {
        return staging.one(SOURCE, row -> row.getBoolean(1), billed, from);
    }

    private record Figures(long rows, BigDecimal billed) {}

    private static Figures figures(Session staging) throws SQLException {
        return staging.one(
                "SELECT count(*), %s FROM focus_cost_usage".formatted(FocusTable.KEY.costSum()),
                row -> new Figures(row.getLong(1), row.getBigDecimal(2)));
    }
}
