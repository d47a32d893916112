package dev.convergence.service.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.convergence.steps.focus.FocusTable;
import dev.convergence.steps.source.AiUsageFormats;
import dev.convergence.steps.source.AssetsFormat;
import dev.convergence.steps.source.AwsCurFormat;
import dev.convergence.steps.source.AzureCostFormat;
import dev.convergence.steps.source.Column;
import dev.convergence.steps.source.FindingsFormat;
import dev.convergence.steps.source.Format;
import dev.convergence.steps.source.GcpBillingFormat;
import dev.convergence.steps.source.Lineage;
import dev.convergence.steps.source.OciCostFormat;
import dev.convergence.steps.source.PolicyStatesFormat;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// The page of data sets has every column of every table, in order, with its type.
class DataSetsPageTest {

    private static final String PAGE = "docs/reference/data-sets.md";

    static Stream<Arguments> rawTables() {
        return Stream.of(
                Arguments.of("billing_cost_daily", GcpBillingFormat.format()),
                Arguments.of("aws_cost_line_items", AwsCurFormat.format()),
                Arguments.of("azure_cost_details", AzureCostFormat.format()),
                Arguments.of("oci_cost_lines", OciCostFormat.format()),
                Arguments.of("ai_usage_daily", AiUsageFormats.openAi()),
                Arguments.of("findings", FindingsFormat.format()),
                Arguments.of("policy_states", PolicyStatesFormat.format()),
                Arguments.of("cloud_assets", AssetsFormat.format()));
    }

    @ParameterizedTest
    @MethodSource("rawTables")
    void a_raw_table_is_described_column_by_column(String table, Format format) {
        assertThat(documented("## " + table))
                .isEqualTo(rows(format.columns().stream().filter(column -> !column.detail())));
    }

    @Test
    void the_focus_table_is_described_column_by_column() {
        assertThat(documented("## " + FocusTable.NAME))
                .isEqualTo(rows(FocusTable.columns().stream()));
    }

    @Test
    void the_columns_of_lineage_are_described() {
        assertThat(documented("## Every table")).isEqualTo(rows(Lineage.COLUMNS.stream()));
    }

    private static List<String> rows(Stream<Column> columns) {
        return columns.map(column -> column.name() + " " + column.type().sql()).toList();
    }

    private static List<String> documented(String heading) {
        return Pages.matches(
                        Pages.section(PAGE, heading),
                        "^\\| `(\\w+)` \\| ([A-Z]+(?:\\([0-9,]+\\))?) \\|")
                .map(row -> row.group(1) + " " + row.group(2))
                .toList();
    }
}
