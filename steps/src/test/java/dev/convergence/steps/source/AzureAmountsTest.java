package dev.convergence.steps.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What SQL multiplies is exact, and what it could only round it leaves to Java.
class AzureAmountsTest {

    private static final Map<String, String> NAMES =
            Map.of("quantity", "Quantity", "paygprice", "PayGPrice", "unitprice", "UnitPrice");

    @ParameterizedTest
    @CsvSource({
        "3, 0.5, 1.5",
        "-4.25, 0.0000000001, -0.000000000425",
        "1E-05, 2.5, 0.000025",
        "1.5e3, 2, 3000",
        "0.120000000000000, 2, 0.24",
        "123456789.0123456789, 0.0000000003, 0.03703703670370370367",
        ".5, 7., 3.5",
        "+2, 3, 6"
    })
    void short_numbers_are_multiplied_exactly(String quantity, String price, String product)
            throws SQLException {
        assertThat(listCost(quantity, price)).isEqualByComparingTo(new BigDecimal(product));
    }

    @ParameterizedTest
    @CsvSource({
        "0.12345678901, 2",
        "1E-11, 2",
        "2, 1.00000000000000000001",
        "12345678901, 2",
        "1_000, 2",
        "two, 2"
    })
    void others_are_left_to_java(String quantity, String price) throws SQLException {
        assertThat(listCost(quantity, price)).isNull();
    }

    private static @Nullable BigDecimal listCost(String quantity, String price)
            throws SQLException {
        Cells cells = new Cells(Header.of(List.copyOf(NAMES.values())), true, LocalDate.EPOCH);
        String product = AzureAmounts.listCost(cells);
        Map<String, String> values =
                Map.of("quantity", quantity, "paygprice", price, "unitprice", "1");
        String line =
                cells.used().stream()
                        .map(name ->
                                Cells.literal(values.getOrDefault(name, ""))
                                        + " AS "
                                        + Cells.cell(name))
                        .collect(Collectors.joining(", ", "(SELECT ", ")"));
        for (Map.Entry<String, String> work : cells.worked().entrySet()) {
            line = "(SELECT *, %s AS %s FROM %s)".formatted(work.getValue(), work.getKey(), line);
        }
        try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
                Statement statement = connection.createStatement();
                ResultSet row =
                        statement.executeQuery("SELECT %s FROM %s".formatted(product, line))) {
            row.next();
            return row.getBigDecimal(1);
        }
    }
}
