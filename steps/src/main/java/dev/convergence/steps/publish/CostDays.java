package dev.convergence.steps.publish;

import dev.convergence.engine.error.EngineException;
import dev.convergence.engine.error.ErrorCode;
import dev.convergence.steps.duckdb.Session;
import dev.convergence.steps.focus.FocusTable;
import dev.convergence.steps.source.AzureExports;
import java.math.BigDecimal;
import java.sql.SQLException;

/// The FOCUS table added up by days, so that costs are read back without it: `cost_by_day` without
/// tags, `cost_by_day_and_tags` with them.
///
/// The transaction of a load renews the periods or days of the accounts that it replaces, from what
/// stands in the FOCUS table then. Why: docs/decisions/0081-costs-by-days.md
final class CostDays {

    private static final String DAYS = "cost_by_day";
    private static final String TAGS = "cost_by_day_and_tags";

    private final Session session;

    /// @param session in which the data set is called `tenant`
    CostDays(Session session) {
        this.session = session;
    }

    private static final String CREATE_DAYS =
            """
            CREATE TABLE tenant.cost_by_day (
              x_provider VARCHAR NOT NULL,
              BillingAccountId VARCHAR NOT NULL,
              BillingPeriodStart TIMESTAMP NOT NULL,
              x_InvoiceMonth VARCHAR,
              ChargePeriodStart DATE NOT NULL,    -- the day on which charges begin
              ChargeCategory VARCHAR,
              BillingCurrency VARCHAR,
              ServiceName VARCHAR,
              SubAccountId VARCHAR,
              RegionId VARCHAR,
              BilledCost DECIMAL(38,20),
              EffectiveCost DECIMAL(38,20),
              ContractedCost DECIMAL(38,20),
              ListCost DECIMAL(38,20),
              row_count BIGINT NOT NULL)
            """;

    private static final String CREATE_TAGS =
            """
            CREATE TABLE tenant.cost_by_day_and_tags (
              x_provider VARCHAR NOT NULL,
              BillingAccountId VARCHAR NOT NULL,
              BillingPeriodStart TIMESTAMP NOT NULL,
              x_InvoiceMonth VARCHAR,
              ChargePeriodStart DATE NOT NULL,
              BillingCurrency VARCHAR,
              Tags JSON,
              BilledCost DECIMAL(38,20),
              EffectiveCost DECIMAL(38,20),
              row_count BIGINT NOT NULL)
            """;

    private static final String IS_THERE =
            """
            SELECT count(*) > 0 FROM duckdb_tables()
            WHERE database_name = 'tenant' AND schema_name = 'main' AND table_name = ?
            """;

    /// Adds up what was loaded before there were days.
    void open() throws SQLException {
        if (isThere(DAYS)) {
            return;
        }
        session.execute(CREATE_DAYS);
        session.execute(CREATE_TAGS);
        if (isThere(FocusTable.NAME)) {
            add("tenant." + FocusTable.NAME);
        }
    }

    private boolean isThere(String table) throws SQLException {
        return session.one(IS_THERE, row -> row.getBoolean(1), table);
    }

    /// The account as it is, and without the mark that tells two exports of it apart.
    private static final String TOUCHED_PERIODS =
            """
            CREATE OR REPLACE TEMP TABLE touched_periods AS
            SELECT DISTINCT x_provider, unnest([account, %s]) AS account, period
            FROM load_windows WHERE table_name = '%s' AND period IS NOT NULL
            """;

    private static final String TOUCHED_DAYS =
            """
            CREATE OR REPLACE TEMP TABLE touched_days AS
            SELECT DISTINCT x_provider, account,
              unnest(generate_series(first_day, last_day, INTERVAL 1 DAY))::DATE AS day
            FROM (
              SELECT x_provider, unnest([account, %s]) AS account, first_day, last_day
              FROM load_windows WHERE table_name = '%s' AND period IS NULL)
            """;

    /// True, in SQL, for a row `t` that the load may have touched.
    private static final String TOUCHED =
            """
            %1$s AND (EXISTS (FROM touched_periods p WHERE p.x_provider = t.x_provider
                AND p.account = t.BillingAccountId AND p.period = %2$s)
              OR EXISTS (FROM touched_days d WHERE d.x_provider = t.x_provider
                AND d.account = t.BillingAccountId AND d.day = t.ChargePeriodStart::DATE))
            """;

    /// When the load's rows are where they belong.
    void renew() throws SQLException {
        boolean before = isThere(DAYS);
        String touched = before ? touched() : "true";
        if (before) {
            session.execute("DELETE FROM tenant.%s t WHERE %s".formatted(DAYS, touched));
            session.execute("DELETE FROM tenant.%s t WHERE %s".formatted(TAGS, touched));
            add("(FROM tenant." + FocusTable.NAME + " t WHERE " + touched + ")");
        } else {
            open();
        }
        if (rows(DAYS, "sum(row_count)") != rows(FocusTable.NAME, "count(*)")
                || !sums(DAYS, "sum(row_count)", touched)
                        .equals(sums(FocusTable.NAME, "count(*)", touched))) {
            throw new EngineException(
                    ErrorCode.INTERNAL_ERROR,
                    "The days do not add up to the charges; nothing was loaded.");
        }
    }

    private String touched() throws SQLException {
        String bare = AzureExports.bare("account");
        session.execute(TOUCHED_PERIODS.formatted(bare, FocusTable.NAME));
        session.execute(TOUCHED_DAYS.formatted(bare, FocusTable.NAME));
        String near = WindowSpan.of(session, FocusTable.NAME).near(FocusTable.NAME, FocusTable.KEY);
        return TOUCHED.formatted(near, FocusTable.KEY.period());
    }

    private static final String ROWS = "SELECT coalesce(%s, 0)::BIGINT FROM tenant.%s";

    private long rows(String table, String rows) throws SQLException {
        return session.one(ROWS.formatted(rows, table), row -> row.getLong(1));
    }

    private record Sums(long rows, BigDecimal cost) {}

    private static final String SUMS =
            """
            SELECT coalesce(%s, 0)::BIGINT, coalesce(sum(BilledCost), 0)::DECIMAL(38,20)
            FROM tenant.%s t WHERE %s
            """;

    private Sums sums(String table, String rows, String which) throws SQLException {
        return session.one(
                SUMS.formatted(rows, table, which),
                row -> new Sums(row.getLong(1), row.getBigDecimal(2)));
    }

    private static final String ADD_TAGS =
            """
            INSERT INTO tenant.cost_by_day_and_tags BY NAME
            SELECT x_provider, BillingAccountId, BillingPeriodStart, x_InvoiceMonth,
              ChargePeriodStart::DATE AS ChargePeriodStart, BillingCurrency, Tags,
              sum(BilledCost) AS BilledCost, sum(EffectiveCost) AS EffectiveCost,
              count(*) AS row_count
            FROM %s
            GROUP BY ALL
            """;

    private static final String ADD_DAYS =
            """
            INSERT INTO tenant.cost_by_day BY NAME
            SELECT x_provider, BillingAccountId, BillingPeriodStart, x_InvoiceMonth,
              ChargePeriodStart::DATE AS ChargePeriodStart, ChargeCategory, BillingCurrency,
              ServiceName, SubAccountId, RegionId, sum(BilledCost) AS BilledCost,
              sum(EffectiveCost) AS EffectiveCost, sum(ContractedCost) AS ContractedCost,
              sum(ListCost) AS ListCost, count(*) AS row_count
            FROM %s
            GROUP BY ALL
            """;

    private void add(String table) throws SQLException {
        session.execute(ADD_DAYS.formatted(table));
        session.execute(ADD_TAGS.formatted(table));
    }
}
