package dev.convergence.service.http.cost;

import dev.convergence.engine.id.TenantId;
import dev.convergence.engine.warehouse.Warehouse;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// A question of ours to a tenant's data set. It goes the way of the tenant's own queries, so it
/// can read nothing that they cannot; what callers give stands in it as text literals only.
final class Question {

    static final String COSTS = "focus_cost_usage";

    private final Warehouse warehouse;
    private final TenantId tenant;
    private @Nullable Set<String> tables;

    Question(Warehouse warehouse, TenantId tenant) {
        this.warehouse = warehouse;
        this.tenant = tenant;
    }

    /// Which of these tables the data set has: before the first load it has none.
    Set<String> present(String... wanted) {
        Set<String> found = all();
        return Stream.of(wanted).filter(found::contains).collect(Collectors.toSet());
    }

    private Set<String> all() {
        if (tables == null) {
            tables = Set.copyOf(warehouse.tableNames(tenant));
        }
        return tables;
    }

    /// @param limit the most rows that are wanted, at most 10,000
    List<Row> rows(String sql, int limit) {
        return warehouse.query(tenant, sql, limit).rows().stream().map(Row::new).toList();
    }

    static String literal(String text) {
        return "'" + text.replace("'", "''") + "'";
    }

    /// A row, its values by place.
    record Row(List<@Nullable Object> values) {

        @Nullable String textOrNull(int place) {
            Object value = values.get(place);
            return value == null ? null : value.toString();
        }

        String text(int place) {
            return String.valueOf(values.get(place));
        }

        long whole(int place) {
            return values.get(place) instanceof Number number ? number.longValue() : 0;
        }

        BigDecimal amount(int place) {
            Object value = values.get(place);
            return value == null ? BigDecimal.ZERO : new BigDecimal(value.toString());
        }

        /// All digits that mean something.
        String money(int place) {
            return plain(amount(place));
        }

        LocalDate day(int place) {
            return LocalDate.parse(text(place).substring(0, 10));
        }

        @Nullable Instant timeOrNull(int place) {
            Object value = values.get(place);
            return value == null ? null : Instant.parse(value.toString());
        }
    }

    static String plain(BigDecimal amount) {
        return amount.signum() == 0 ? "0" : amount.stripTrailingZeros().toPlainString();
    }
}
