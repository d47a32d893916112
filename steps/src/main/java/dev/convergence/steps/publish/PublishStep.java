package dev.convergence.steps.publish;

import dev.convergence.engine.error.EngineException;
import dev.convergence.engine.error.ErrorCode;
import dev.convergence.engine.step.QualityCheck;
import dev.convergence.engine.step.Step;
import dev.convergence.engine.step.StepContext;
import dev.convergence.engine.step.StepOutcome;
import dev.convergence.engine.step.StepRows;
import dev.convergence.steps.duckdb.DuckDbWarehouse;
import dev.convergence.steps.duckdb.Identifier;
import dev.convergence.steps.duckdb.Session;
import dev.convergence.steps.duckdb.Staging;
import dev.convergence.steps.focus.FocusTable;
import dev.convergence.steps.publish.Publication.Arrived;
import dev.convergence.steps.publish.StagedTable.Figures;
import dev.convergence.steps.quality.LoadRules;
import dev.convergence.steps.quality.RuleActions;
import dev.convergence.steps.source.Format;
import dev.convergence.steps.source.Snapshots;
import dev.convergence.steps.source.StagedFormats;
import java.sql.SQLException;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Puts the run's staged tables into the tenant's data set: `warehouse.publish`.
///
/// Settings: `tables`; `on_fail`, which of the rules about a load fail the run. All tables in one
/// transaction: what the run loads is there as a whole, or everything is as it was.
public final class PublishStep implements Step {

    private static final Logger LOG = LoggerFactory.getLogger(PublishStep.class);

    private final DuckDbWarehouse warehouse;
    private final Map<String, Format> formats;
    private final Duration quarantineKept;

    /// @param quarantineKept how long it is told what loads have left out
    public PublishStep(DuckDbWarehouse warehouse, List<Format> formats, Duration quarantineKept) {
        this.warehouse = warehouse;
        this.quarantineKept = quarantineKept;
        this.formats =
                formats.stream().collect(Collectors.toMap(Format::name, Function.identity()));
    }

    @Override
    public String type() {
        return "warehouse.publish";
    }

    @Override
    public StepOutcome run(StepContext context) {
        Map<String, Arrived> published = new LinkedHashMap<>();
        List<QualityCheck> checks = new ArrayList<>();
        try (Session staging = new Session(Staging.of(context).connect(), context.cancellation())) {
            List<StagedTable> tables = tables(context, staging);
            RuleActions actions = RuleActions.of(context.settings());
            boolean whole = Snapshots.isWhole(staging);
            warehouse.change(
                    context.tenant(),
                    staging.connection(),
                    context.cancellation(),
                    session -> {
                        checks.addAll(losses(session, tables));
                        publish(context, session, tables, whole, published);
                        checks.addAll(compare(context, session, tables));
                        refuse(actions, checks);
                        context.confirm();
                    });
            return done(context, published, checks);
        } catch (EngineException refused) {
            return refused.code() == ErrorCode.SERVICE_UNAVAILABLE
                    ? StepOutcome.Failed.transiently(String.valueOf(refused.getMessage()))
                    : new StepOutcome.Failed(String.valueOf(refused.getMessage()), false, checks);
        } catch (SQLException failure) {
            LOG.warn("Run {} could not publish", context.run(), failure);
            return StepOutcome.Failed.transiently(
                    "The data set refused the load; everything in it is as it was.");
        }
    }

    private List<StagedTable> tables(StepContext context, Session staging) throws SQLException {
        if (!(context.settings().get("tables") instanceof List<?> names) || names.isEmpty()) {
            throw new EngineException(
                    ErrorCode.INVALID_TEMPLATE, "tables: name the tables to publish.");
        }
        Map<String, String> stagedFormats = StagedFormats.all(staging);
        List<StagedTable> tables = new ArrayList<>();
        for (Object name : names) {
            String table = Identifier.checked("tables", name);
            Format format = formats.get(stagedFormats.getOrDefault(table, ""));
            if (format == null) {
                throw new EngineException(
                        ErrorCode.INVALID_TEMPLATE,
                        "tables: no step of this run has staged " + table + ".");
            }
            tables.add(StagedTable.of(staging, table, format.key()));
        }
        return tables;
    }

    private void publish(
            StepContext context,
            Session session,
            List<StagedTable> tables,
            boolean whole,
            Map<String, Arrived> published)
            throws SQLException {
        LocalDateTime now = LocalDateTime.ofInstant(context.startedAt(), ZoneOffset.UTC);
        Publication publication =
                new Publication(Staging.of(context), session, context.run().toString(), now);
        Quarantine quarantine = new Quarantine(session, context.run().toString(), now);
        FindingHistory history = new FindingHistory(session, context.run().toString(), now);
        for (StagedTable table : tables) {
            if (FindingHistory.isOf(table)) {
                history.write(table, whole);
            }
            ExportPairs pairs = new ExportPairs(session, table);
            pairs.bringBack();
            published.put(table.name(), publication.replace(table));
            pairs.setAside();
            quarantine.writeRows(table);
        }
        quarantine.writeLines();
        quarantine.forget(quarantineKept);
        if (published.containsKey(FocusTable.NAME)) {
            new CostDays(session).renew();
            createViews(session);
        }
    }

    /// What the load does not say, asked while the old rows are still there.
    private static List<QualityCheck> losses(Session session, List<StagedTable> tables)
            throws SQLException {
        List<QualityCheck> checks = new ArrayList<>();
        for (StagedTable table : tables) {
            if (table.name().equals(Disappearances.TABLE)) {
                checks.add(Disappearances.check(session, table));
            }
        }
        return checks;
    }

    private static List<QualityCheck> compare(
            StepContext context, Session session, List<StagedTable> tables) throws SQLException {
        String run = context.run().toString();
        LocalDateTime now = LocalDateTime.ofInstant(context.startedAt(), ZoneOffset.UTC);
        List<QualityCheck> checks = new ArrayList<>();
        for (StagedTable table : tables) {
            checks.addAll(new History(session, run).checks(table.name()));
            checks.addAll(new SourceContract(session, run, now).checks(table.name()));
        }
        Optional<StagedTable> focus =
                tables.stream().filter(table -> table.name().equals(FocusTable.NAME)).findFirst();
        if (focus.isPresent()) {
            checks.add(Anomalies.check(session, run));
            checks.addAll(new ExportPairs(session, focus.get()).checks());
            if (tables.stream().allMatch(table -> table.leftOut().isEmpty())) {
                checks.addAll(months(session, run, tables));
            }
        }
        return checks;
    }

    /// Not asked of a load that left rows out: its months do not bill what the source bills.
    private static List<QualityCheck> months(Session session, String run, List<StagedTable> tables)
            throws SQLException {
        List<QualityCheck> checks = new ArrayList<>();
        for (StagedTable table : tables) {
            if (!table.name().equals(FocusTable.NAME) && table.key().cost() != null) {
                checks.add(Months.check(session, run, table.name()));
            }
        }
        return checks;
    }

    private static final Set<String> FATAL = Set.of(LoadRules.COST_BY_MONTH);

    /// @throws EngineException INVALID_PARAMETER when a rule failed that fails the run
    private static void refuse(RuleActions actions, List<QualityCheck> checks) {
        List<String> fatal =
                checks.stream()
                        .filter(check -> !check.passed())
                        .filter(check ->
                                actions.failsRun(check.rule(), FATAL.contains(check.rule())))
                        .map(check ->
                                check.rule()
                                        + " wants "
                                        + check.expected()
                                        + ", found: "
                                        + check.actual())
                        .toList();
        if (!fatal.isEmpty()) {
            throw new EngineException(
                    ErrorCode.INVALID_PARAMETER,
                    "The load breaks rules: "
                            + String.join("; ", fatal)
                            + ". Everything is as it was.");
        }
    }

    private static void createViews(Session session) throws SQLException {
        for (FocusTable.View view : FocusTable.views()) {
            session.execute(
                    "CREATE OR REPLACE VIEW tenant.%s AS SELECT %s FROM tenant.%s"
                            .formatted(
                                    view.name(),
                                    String.join(", ", view.columns()),
                                    FocusTable.NAME));
        }
    }

    private static StepOutcome done(
            StepContext context, Map<String, Arrived> published, List<QualityCheck> checks) {
        Map<String, Object> facts = new LinkedHashMap<>();
        long rows = 0;
        for (Map.Entry<String, Arrived> table : published.entrySet()) {
            Figures figures = table.getValue().figures();
            facts.put(
                    table.getKey(),
                    Map.of(
                            "rows", figures.rows(),
                            "cost", figures.cost().toPlainString(),
                            "checksum", table.getValue().checksum()));
            rows = Math.max(rows, figures.rows());
            context.log("Loaded %d rows into %s.".formatted(figures.rows(), table.getKey()));
        }
        return new StepOutcome.Done(new StepRows(rows, rows, 0), checks, facts);
    }
}
