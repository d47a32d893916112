package dev.convergence.service.http.cost;

import dev.convergence.api.cost.QualityTrendAnswer;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// How the checks of loads went, the latest run first, or by rule, the one broken most often first.
final class QualityTrends {

    private final Question question;

    QualityTrends(Question question) {
        this.question = question;
    }

    private static final String BY_RUN =
            """
            SELECT dq_config_id, target_table, NULL::VARCHAR, pipeline_logging_id, executed_at,
              expectations_passed, expectations_failed, overall_status,
              array_to_string(json_extract_string(failed_expectations, '$[*].expectation'), ' ')
            FROM x_meta_dq_results
            ORDER BY executed_at DESC, dq_result_id LIMIT %d OFFSET %d
            """;

    List<QualityTrendAnswer> byRun(int offset, int limit) {
        return asked(BY_RUN.formatted(limit, offset), limit);
    }

    private static final String BY_RULE =
            """
            WITH broken AS (
                SELECT dq_config_id, target_table, pipeline_logging_id, executed_at,
                  unnest(json_extract_string(failed_expectations, '$[*].expectation')) AS rule
                FROM x_meta_dq_results),
              rules AS (
                SELECT dq_config_id, target_table, rule, count(DISTINCT pipeline_logging_id) AS runs,
                  arg_max(pipeline_logging_id, executed_at) AS last_run,
                  min(executed_at) AS first_time, max(executed_at) AS last_time
                FROM broken GROUP BY dq_config_id, target_table, rule)
            SELECT rules.dq_config_id, rules.target_table, rule, last_run, last_time,
              count(*) - any_value(runs), any_value(runs), NULL::VARCHAR, NULL::VARCHAR
            FROM rules JOIN x_meta_dq_results r ON r.dq_config_id = rules.dq_config_id
              AND r.target_table = rules.target_table AND r.executed_at >= first_time
            GROUP BY rules.dq_config_id, rules.target_table, rule, last_run, last_time
            ORDER BY any_value(runs) DESC, rule, rules.dq_config_id, rules.target_table
            LIMIT %d OFFSET %d
            """;

    List<QualityTrendAnswer> byRule(int offset, int limit) {
        return asked(BY_RULE.formatted(limit, offset), limit);
    }

    private List<QualityTrendAnswer> asked(String sql, int limit) {
        return question.present("x_meta_dq_results").isEmpty()
                ? List.of()
                : question.rows(sql, limit).stream().map(QualityTrends::answer).toList();
    }

    private static QualityTrendAnswer answer(Question.Row row) {
        return new QualityTrendAnswer(
                row.text(0),
                row.text(1),
                row.textOrNull(2),
                row.text(3),
                Objects.requireNonNull((Instant) row.timeOrNull(4)),
                row.whole(5),
                row.whole(6),
                row.textOrNull(7),
                words(row.textOrNull(8)));
    }

    private static List<String> words(@Nullable String text) {
        return text == null || text.isEmpty()
                ? List.of()
                : Stream.of(text.split(" ")).distinct().toList();
    }
}
