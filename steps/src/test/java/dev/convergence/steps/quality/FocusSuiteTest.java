package dev.convergence.steps.quality;

import static org.assertj.core.api.Assertions.assertThat;

import dev.convergence.engine.step.QualityCheck;
import dev.convergence.steps.focus.FocusTable;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// Every rule of the suite of `focus_cost_usage`: rows that keep all of them, and for each rule a
/// change that breaks it.
class FocusSuiteTest {

    private static final Map<String, Object> SETTINGS =
            Map.of("required_tags", List.of("team", "cost/center"), "tag_target", "0.9");

    /// Three days of usage, the third of them covered by a commitment, its purchase, a tax, a
    /// credit, and a charge in two parts.
    private static final List<String> ROWS =
            List.of(
                    "CREATE TABLE focus_cost_usage (" + FocusTable.definition() + ")",
                    """
                    INSERT INTO focus_cost_usage BY NAME
                    SELECT 'usage-' || day AS x_PrincipalId, 'a' AS BillingAccountId,
                      'name' AS BillingAccountName, 's' AS SubAccountId, 'USD' AS BillingCurrency,
                      TIMESTAMP '2026-11-01' AS BillingPeriodStart,
                      TIMESTAMP '2026-12-01' AS BillingPeriodEnd,
                      TIMESTAMP '2026-11-01' + to_days(day) AS ChargePeriodStart,
                      TIMESTAMP '2026-11-02' + to_days(day) AS ChargePeriodEnd,
                      'Usage' AS ChargeCategory, 'Usage-Based' AS ChargeFrequency,
                      'Standard' AS PricingCategory, 'c' AS ChargeDescription,
                      6 AS ListCost, 2 AS ListUnitPrice, 3 AS PricingQuantity, 5 AS ContractedCost,
                      5.0 / 3 AS ContractedUnitPrice, 4 AS EffectiveCost, 4 AS BilledCost,
                      3 AS ConsumedQuantity, 'Hours' AS ConsumedUnit, 'Amazon EC2' AS ServiceName,
                      'Compute' AS ServiceCategory, 'sku' AS SkuId, 'price' AS SkuPriceId,
                      'r' AS ResourceId, 'name' AS ResourceName, 'vm' AS ResourceType,
                      'eu' AS RegionId, '{"team": "x", "cost/center": "1"}'::JSON AS Tags,
                      'AWS' AS ProviderName, 'AWS' AS PublisherName, 'AWS' AS InvoiceIssuerName,
                      'aws' AS x_provider, 'run' AS x_run_id, 'one.csv' AS x_source_file,
                      TIMESTAMP '2026-11-22' AS x_loaded_at
                    FROM range(18, 21) days(day)
                    """,
                    """
                    INSERT INTO focus_cost_usage BY NAME
                    SELECT * REPLACE ('committed' AS x_PrincipalId, 'p' AS CommitmentDiscountId,
                      'Used' AS CommitmentDiscountStatus, 'Spend' AS CommitmentDiscountCategory,
                      'Committed' AS PricingCategory, 0 AS BilledCost, 3 AS EffectiveCost)
                    FROM focus_cost_usage WHERE x_PrincipalId = 'usage-20'
                    """,
                    """
                    INSERT INTO focus_cost_usage BY NAME
                    SELECT * REPLACE ('purchase' AS x_PrincipalId, 'Purchase' AS ChargeCategory,
                      'One-Time' AS ChargeFrequency, 'p' AS CommitmentDiscountId,
                      'Committed' AS PricingCategory, NULL AS ConsumedQuantity,
                      NULL AS ConsumedUnit, 0 AS EffectiveCost)
                    FROM focus_cost_usage WHERE x_PrincipalId = 'usage-20'
                    """,
                    """
                    INSERT INTO focus_cost_usage BY NAME
                    SELECT * REPLACE ('tax' AS x_PrincipalId, 'Tax' AS ChargeCategory,
                      NULL AS SkuId, NULL AS SkuPriceId, NULL AS ConsumedQuantity,
                      NULL AS ConsumedUnit, 0 AS EffectiveCost)
                    FROM focus_cost_usage WHERE x_PrincipalId = 'usage-20'
                    """,
                    """
                    INSERT INTO focus_cost_usage BY NAME
                    SELECT * REPLACE ('credit' AS x_PrincipalId, 'Credit' AS ChargeCategory,
                      NULL AS ConsumedQuantity, NULL AS ConsumedUnit, -1 AS BilledCost,
                      -1 AS EffectiveCost)
                    FROM focus_cost_usage WHERE x_PrincipalId = 'usage-20'
                    """,
                    """
                    INSERT INTO focus_cost_usage BY NAME
                    SELECT * REPLACE ('split-' || part AS x_PrincipalId, 'm' AS AllocatedMethodId,
                      CASE part WHEN 1
                        THEN '{"Elements": [{"AllocatedRatio": 0.25}, {"AllocatedRatio": 0.5}]}'
                        ELSE '{"Elements": [{"AllocatedRatio": 0.25}]}' END::JSON
                        AS AllocatedMethodDetails)
                    FROM (SELECT * FROM focus_cost_usage WHERE x_PrincipalId = 'usage-20'),
                      range(1, 3) parts(part)
                    """
                            .replace("SELECT * REPLACE", "SELECT * EXCLUDE (part) REPLACE"),
                    """
                    CREATE TABLE load_source_totals AS
                    SELECT 'focus_cost_usage' AS table_name, count(*) AS source_rows,
                      sum(BilledCost) AS source_cost FROM focus_cost_usage
                    """);

    private Connection connection;

    @BeforeEach
    void set_up() throws SQLException {
        connection = DriverManager.getConnection("jdbc:duckdb:");
        for (String sql : ROWS) {
            sql(sql);
        }
    }

    @AfterEach
    void close() throws SQLException {
        connection.close();
    }

    @Test
    void rows_that_are_as_they_should_be_keep_all_rules() throws SQLException {
        assertThat(checks()).filteredOn(check -> !check.passed()).isEmpty();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("broken")
    void a_row_that_is_not_breaks_its_rule(String rule, String change) throws SQLException {
        sql(change);
        QualityCheck check =
                checks().stream().filter(one -> one.rule().equals(rule)).findFirst().orElseThrow();
        assertThat(check.passed()).as(check.actual()).isFalse();
        assertThat(check.failingKeys()).hasSizeLessThanOrEqualTo(20);
    }

    @Test
    void no_rule_is_without_such_a_row() {
        assertThat(broken().map(arguments -> arguments.get()[0]))
                .containsExactlyInAnyOrderElementsOf(
                        new Suites()
                                .find("focus_cost_usage").rules().stream()
                                        .map(Rule::name)
                                        .toList());
    }

    static Stream<Arguments> broken() {
        String usage = " WHERE x_PrincipalId = 'usage-20'";
        Stream<Arguments> one =
                Stream.of(
                        arguments("dq01_row_count", "DELETE FROM focus_cost_usage"),
                        arguments("dq01_some_rows", "DELETE FROM focus_cost_usage"),
                        arguments(
                                "dq03_rows_as_in_source",
                                "DELETE FROM focus_cost_usage WHERE x_PrincipalId = 'committed'"),
                        set(
                                "dq04_billed_cost_as_in_source",
                                "BilledCost = 4.00000000000000000001" + usage),
                        set("dq06_fresh", "ChargePeriodEnd = ChargePeriodEnd - INTERVAL 2 DAY"),
                        set(
                                "dq07_no_day_gap",
                                "ChargePeriodStart = TIMESTAMP '2026-11-02'"
                                        + " WHERE x_PrincipalId = 'usage-18'"),
                        set("dq09_charge_period", "ChargePeriodEnd = ChargePeriodStart" + usage),
                        set("dq09_billing_period", "BillingPeriodEnd = BillingPeriodStart" + usage),
                        set(
                                "dq09_charge_starts_in_billing_period",
                                "BillingPeriodStart = ChargePeriodStart + INTERVAL 1 HOUR" + usage),
                        set(
                                "dq09_charge_ends_in_billing_period",
                                "BillingPeriodEnd = ChargePeriodEnd - INTERVAL 1 HOUR" + usage),
                        set("dq10_charge_category", "ChargeCategory = 'usage'" + usage),
                        set("dq10_charge_class", "ChargeClass = 'Refund'" + usage),
                        set("dq10_charge_frequency", "ChargeFrequency = 'Often'" + usage),
                        set("dq10_pricing_category", "PricingCategory = 'Spot'" + usage),
                        set(
                                "dq10_commitment_category",
                                "CommitmentDiscountCategory = 'RI'" + usage),
                        set("dq10_commitment_status", "CommitmentDiscountStatus = 'used'" + usage),
                        set(
                                "dq10_capacity_reservation_status",
                                "CapacityReservationStatus = 'Free'" + usage),
                        set("dq10_service_category", "ServiceCategory = 'Computing'" + usage),
                        set("dq11_currency_code", "BillingCurrency = 'ZZZ'"),
                        set("dq11_one_currency", "BillingCurrency = 'EUR'" + usage),
                        set("dq12_list_cost_is_price_times_quantity", "ListCost = 6.0001" + usage),
                        set(
                                "dq13_contracted_cost_is_price_times_quantity",
                                "ContractedCost = 5.0001" + usage),
                        set("dq14_list_not_below_contracted", "ListCost = 4.9" + usage),
                        set("dq14_contracted_not_below_effective", "EffectiveCost = 5.1" + usage),
                        set(
                                "dq15_commitment_fee_has_no_effective_cost",
                                "EffectiveCost = 1 WHERE x_PrincipalId = 'purchase'"),
                        set(
                                "dq16_used_commitment_is_committed",
                                "PricingCategory = 'Standard' WHERE x_PrincipalId = 'committed'"),
                        set(
                                "dq16_used_commitment_has_a_category",
                                "PricingCategory = NULL WHERE x_PrincipalId = 'committed'"),
                        set(
                                "dq17_commitment_has_status",
                                "CommitmentDiscountStatus = NULL WHERE x_PrincipalId = 'committed'"),
                        set(
                                "dq17_status_has_commitment",
                                "CommitmentDiscountStatus = 'Used'" + usage),
                        set(
                                "dq18_consumed_only_by_usage",
                                "ConsumedQuantity = 1 WHERE x_PrincipalId = 'tax'"),
                        set("dq18_consumed_unit", "ConsumedUnit = NULL" + usage),
                        set("dq19_tax_has_no_sku_SkuId", "SkuId = 's' WHERE x_PrincipalId = 'tax'"),
                        set(
                                "dq19_tax_has_no_sku_SkuPriceId",
                                "SkuPriceId = 's' WHERE x_PrincipalId = 'tax'"),
                        set(
                                "dq19_credit_not_positive",
                                "BilledCost = 0.01 WHERE x_PrincipalId = 'credit'"),
                        arguments(
                                "dq20_no_line_in_two_files",
                                "INSERT INTO focus_cost_usage SELECT * REPLACE"
                                        + " ('two.csv' AS x_source_file) FROM focus_cost_usage"
                                        + usage),
                        set("dq21_no_words_for_nothing", "x_fixups = 'NullLiteral'" + usage),
                        set("dq23_other_is_a_small_share", "ServiceCategory = 'Other'"),
                        set("dq24_required_tags", "Tags = '{\"team\": \"x\"}'" + usage),
                        set(
                                "dq25_split_is_whole",
                                "AllocatedMethodDetails = '{\"Elements\": [{\"AllocatedRatio\":"
                                        + " 0.26}]}' WHERE x_PrincipalId = 'split-2'"));
        return Stream.of(
                        one,
                        each(
                                "dq08_mandatory",
                                "NULL",
                                "BilledCost",
                                "BillingAccountId",
                                "BillingCurrency",
                                "BillingPeriodStart",
                                "BillingPeriodEnd",
                                "ChargeCategory",
                                "ChargePeriodStart",
                                "ChargePeriodEnd",
                                "ContractedCost",
                                "EffectiveCost",
                                "ListCost",
                                "ServiceCategory",
                                "ServiceName"),
                        each(
                                "dq08_waived",
                                "NULL",
                                "InvoiceIssuerName",
                                "ProviderName",
                                "PublisherName"),
                        each(
                                "dq21_no_blanks",
                                "'NULL'",
                                "BillingAccountName",
                                "ResourceId",
                                "ResourceName",
                                "RegionId",
                                "ServiceName",
                                "SkuId",
                                "SubAccountId"),
                        each(
                                "dq22_resource_has_type_and_service",
                                "NULL",
                                "ResourceType",
                                "ServiceName"),
                        each(
                                "lineage",
                                "NULL",
                                "x_run_id",
                                "x_source_file",
                                "x_loaded_at",
                                "x_provider"))
                .flatMap(arguments -> arguments);
    }

    private static Stream<Arguments> each(String rule, String value, String... columns) {
        return Stream.of(columns)
                .map(column ->
                        set(
                                rule + "_" + column,
                                column + " = " + value + " WHERE x_PrincipalId = 'usage-20'"));
    }

    private static Arguments set(String rule, String change) {
        return arguments(rule, "UPDATE focus_cost_usage SET " + change);
    }

    private static Arguments arguments(String rule, String sql) {
        return Arguments.of(rule, sql);
    }

    private List<QualityCheck> checks() throws SQLException {
        Suite suite = SuiteSettings.of(SETTINGS).applyTo(new Suites().find("focus_cost_usage"));
        TableFacts table = Objects.requireNonNull(TableFacts.read(connection, "focus_cost_usage"));
        return new SuiteCheck(
                        new TableQueries(connection, Lab.NEVER),
                        suite,
                        table,
                        new LoadTime(Lab.NOW, Lab.YESTERDAY))
                .run();
    }

    private void sql(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
