package dev.convergence.service.http.cost;

import dev.convergence.api.cost.FindingAnswer;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Findings of all providers that a data set has, as one list.
final class Findings {

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
                    + equal("state", state)
                    + equal("x_provider", provider)
                    + equal("change", change);
        }

        private static String equal(String column, @Nullable String value) {
            return value == null ? "" : " AND " + column + " = " + Question.literal(value);
        }
    }

    private static final String GOOGLE =
            """
            SELECT finding_id, x_provider, parent AS account, rule_id, severity, status AS state,
              resource_id, resource_type, region, description, first_seen, event_time, x_run_id,
              'findings' AS table_name
            FROM findings
            """;

    private static final String AZURE =
            """
            SELECT state_id AS finding_id, x_provider, subscription_id AS account,
              coalesce(policy_definition_name, policy_definition_id) AS rule_id,
              'UNKNOWN' AS severity,
              CASE WHEN compliance_state = 'NonCompliant' THEN 'OPEN' ELSE 'RESOLVED' END AS state,
              resource_id, resource_type, resource_location AS region,
              policy_assignment_name AS description, NULL::TIMESTAMP AS first_seen,
              state_time AS event_time, x_run_id, 'policy_states' AS table_name
            FROM policy_states
            """;

    /// The snapshot before is the last load of the table and account but one.
    private static final String LIST =
            """
            WITH found AS (%s),
              loads AS (
                SELECT table_name, provider, account, loaded_at, row_number() OVER (
                  PARTITION BY table_name, provider, account ORDER BY loaded_at DESC) AS nth
                FROM x_meta_loads WHERE table_name IN ('findings', 'policy_states')),
              changed AS (
                SELECT found.*, CASE
                  WHEN loads.loaded_at IS NULL THEN NULL
                  WHEN state = 'RESOLVED' AND event_time > loads.loaded_at THEN 'RESOLVED'
                  WHEN state <> 'RESOLVED' AND coalesce(first_seen, event_time) > loads.loaded_at
                    THEN 'NEW' END AS change
                FROM found LEFT JOIN loads ON loads.nth = 2
                  AND loads.table_name = found.table_name AND loads.provider = found.x_provider
                  AND loads.account = found.account)
            SELECT finding_id, x_provider, account, rule_id, severity, state, change, resource_id,
              resource_type, region, description, first_seen, event_time, x_run_id
            FROM changed WHERE finding_id > %s%s
            ORDER BY finding_id LIMIT %d
            """;

    List<FindingAnswer> list(Filter filter, @Nullable String after, int limit) {
        Set<String> present = question.present("findings", "policy_states");
        List<String> sources = new ArrayList<>();
        if (present.contains("findings")) {
            sources.add(GOOGLE);
        }
        if (present.contains("policy_states")) {
            sources.add(AZURE);
        }
        if (sources.isEmpty()) {
            return List.of();
        }
        String sql =
                LIST.formatted(
                        String.join(" UNION ALL ", sources),
                        Question.literal(after == null ? "" : after),
                        filter.condition(),
                        limit);
        return question.rows(sql, limit).stream().map(Findings::answer).toList();
    }

    private static FindingAnswer answer(Question.Row row) {
        return new FindingAnswer(
                row.text(0),
                row.text(1),
                row.textOrNull(2),
                row.textOrNull(3),
                row.textOrNull(4),
                row.textOrNull(5),
                row.textOrNull(6),
                row.textOrNull(7),
                row.textOrNull(8),
                row.textOrNull(9),
                row.textOrNull(10),
                row.timeOrNull(11),
                row.timeOrNull(12),
                row.text(13));
    }
}
