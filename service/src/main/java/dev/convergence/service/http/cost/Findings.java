package dev.convergence.service.http.cost;

import dev.convergence.api.cost.FindingAnswer;
import dev.convergence.steps.publish.KeptTables;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Findings of all providers that a data set has, as one list: how each stands now.
final class Findings {

    private static final String HISTORY = "finding_history";

    private final Question question;

    Findings(Question question) {
        this.question = question;
    }

    /// @param provider as `x_provider` has it
    record Filter(
            @Nullable String severity,
            @Nullable String state,
            @Nullable String provider,
            @Nullable String change) {

        String condition() {
            return equal("severity", severity)
                    + equal("status", state)
                    + equal("x_provider", provider)
                    + equal("change_now", change);
        }

        private static String equal(String column, @Nullable String value) {
            return value == null ? "" : " AND " + column + " = " + Question.literal(value);
        }
    }

    /// A finding, and where a list goes on behind it: its id alone may be another account's, too,
    /// and too long for a cursor.
    record Found(FindingAnswer finding, String key) {}

    /// What changed with the last load of its account is a change since the snapshot before.
    private static final String LIST =
            """
            WITH %s loads AS (
                SELECT provider, account, table_name = 'policy_states' AS policies,
                  arg_max(run_id, loaded_at) AS last_run
                FROM x_meta_loads WHERE table_name IN ('findings', 'policy_states')
                GROUP BY ALL),
              standing AS (
                SELECT h.*, CASE WHEN loads.last_run = x_run_id THEN change END AS change_now
                FROM finding_history h LEFT JOIN loads ON loads.provider = h.x_provider
                  AND loads.account = h.account
                  AND loads.policies = (h.source = 'azure_policy')
                WHERE h.valid_to IS NULL)
            SELECT finding_id, x_provider, source, account, left(rule_id, 1024),
              left(rule_name, 1024), left(standard, 1024), severity, status, change_now,
              left(resource_id, 4096), left(resource_type, 1024), left(region, 1024), description,
              first_seen, last_seen, valid_from, x_run_id, finding_key
            FROM standing WHERE %s%s
            ORDER BY finding_id, finding_key LIMIT %d
            """;

    private static final String BEHIND =
            """
            (finding_id > (SELECT min(finding_id) FROM finding_history WHERE finding_key = %1$s)
              OR (finding_key > %1$s AND finding_id
                = (SELECT min(finding_id) FROM finding_history WHERE finding_key = %1$s)))
            """;

    List<Found> list(Filter filter, @Nullable String after, int limit) {
        Optional<String> history = history();
        if (history.isEmpty()) {
            return List.of();
        }
        String behind = after == null ? "true" : BEHIND.formatted(Question.literal(after));
        String sql = LIST.formatted(history.get(), behind, filter.condition(), limit);
        return question.rows(sql, limit).stream().map(Findings::found).toList();
    }

    /// What has to stand before the list where the data set was last loaded before there was a
    /// history; empty where it has no findings.
    private Optional<String> history() {
        Set<String> tables = question.present(HISTORY, "findings", "policy_states");
        return tables.contains(HISTORY)
                ? Optional.of("")
                : KeptTables.beginningOfFindings(tables)
                        .map(rows -> HISTORY + " AS (" + rows + "),");
    }

    private static Found found(Question.Row row) {
        FindingAnswer finding =
                new FindingAnswer(
                        row.text(0),
                        row.text(1),
                        row.text(2),
                        row.textOrNull(3),
                        row.textOrNull(4),
                        row.textOrNull(5),
                        row.textOrNull(6),
                        row.text(7),
                        row.text(8),
                        row.textOrNull(9),
                        row.textOrNull(10),
                        row.textOrNull(11),
                        row.textOrNull(12),
                        row.textOrNull(13),
                        row.timeOrNull(14),
                        row.timeOrNull(15),
                        row.timeOrNull(15),
                        row.timeOrNull(16),
                        row.text(17));
        return new Found(finding, row.text(18));
    }
}
