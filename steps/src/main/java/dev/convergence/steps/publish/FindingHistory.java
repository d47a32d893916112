package dev.convergence.steps.publish;

import dev.convergence.steps.duckdb.Session;
import java.sql.SQLException;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// What became of each finding from load to load: `finding_history`. A row is a time in which a
/// finding had one status and severity; the row without an end is how it stands.
///
/// A finding is known by its provider, tool, account and id, so no provider and no tool resolves
/// what another one found, and equal ids of two accounts are two findings. Times are those of the
/// loads: only they are in order.
final class FindingHistory {

    private static final String FINDINGS = "findings";
    private static final String STATES = "policy_states";

    private final Session session;
    private final String run;
    private final LocalDateTime loadedAt;

    FindingHistory(Session session, String run, LocalDateTime loadedAt) {
        this.session = session;
        this.run = run;
        this.loadedAt = loadedAt;
    }

    /// Whether a staged table holds findings; a template of one's own may call others so.
    static boolean isOf(StagedTable table) {
        return (table.name().equals(FINDINGS) && table.columns().containsKey("finding_id"))
                || (table.name().equals(STATES) && table.columns().containsKey("state_id"));
    }

    private static final String CREATE =
            """
            CREATE TABLE tenant.finding_history (
              finding_key VARCHAR NOT NULL,   -- of provider, source, account and id
              x_provider VARCHAR NOT NULL,
              source VARCHAR NOT NULL,
              account VARCHAR NOT NULL,
              finding_id VARCHAR NOT NULL,
              resource_id VARCHAR,
              resource_type VARCHAR,
              region VARCHAR,
              rule_id VARCHAR,
              rule_name VARCHAR,
              standard VARCHAR,
              description VARCHAR,
              severity VARCHAR NOT NULL,
              status VARCHAR NOT NULL,
              first_seen TIMESTAMP,
              last_seen TIMESTAMP,
              change VARCHAR,                 -- NEW, RESOLVED, REOPENED, CHANGED; null: as it was found first
              is_absent BOOLEAN NOT NULL,     -- resolved because a whole snapshot did not have it
              valid_from TIMESTAMP NOT NULL,
              valid_to TIMESTAMP,
              x_run_id VARCHAR NOT NULL)
            """;

    private static final String HAS =
            """
            SELECT count(*) > 0 FROM duckdb_columns()
            WHERE database_name = 'tenant' AND schema_name = 'main' AND table_name = ?
              AND column_name = ?
            """;

    /// What was loaded before there was a history is where it begins.
    static void open(Session session) throws SQLException {
        if (has(session, "finding_history", "finding_key")) {
            return;
        }
        session.execute(CREATE);
        Set<String> told = new HashSet<>();
        if (has(session, FINDINGS, "finding_id")) {
            told.add(FINDINGS);
        }
        if (has(session, STATES, "state_id")) {
            told.add(STATES);
        }
        Optional<String> beginning = beginning(told, "tenant.");
        if (beginning.isPresent()) {
            session.execute("INSERT INTO tenant.finding_history " + beginning.get());
        }
    }

    private static boolean has(Session session, String table, String column) throws SQLException {
        return session.one(HAS, row -> row.getBoolean(1), table, column);
    }

    /// The rows with which a history begins, as a query.
    ///
    /// @param tables those of the data set; empty where none of them tells of findings
    /// @param prefix before the names of its tables
    static Optional<String> beginning(Set<String> tables, String prefix) {
        List<String> parts = new ArrayList<>();
        if (tables.contains(FINDINGS)) {
            String found = prefix + FINDINGS;
            parts.add(beginning(FOUND.formatted(found, "'security_command_center'", "NULL")));
        }
        if (tables.contains(STATES)) {
            parts.add(beginning(STATE.formatted(prefix + STATES)));
        }
        return parts.isEmpty() ? Optional.empty() : Optional.of(String.join(" UNION ALL ", parts));
    }

    private static String beginning(String told) {
        return BEGINNING.formatted(SEEN.formatted(told));
    }

    private static final String FOUND =
            """
            SELECT x_provider, %2$s AS source, parent AS account, finding_id, resource_id,
              resource_type, region, rule_id, rule_name, %3$s AS standard,
              left(description, 4096) AS description, severity,
              status, first_seen, last_seen, event_time AS told_at, x_run_id, x_loaded_at
            FROM %1$s
            """;

    /// A conflict, and a state that is not known, are open: somebody has to look.
    private static final String STATE =
            """
            SELECT x_provider, 'azure_policy' AS source, subscription_id AS account,
              state_id AS finding_id, resource_id, resource_type, resource_location AS region,
              coalesce(policy_definition_name, policy_definition_id, '') AS rule_id,
              policy_definition_reference_id AS rule_name,
              policy_set_definition_name AS standard, policy_assignment_name AS description,
              'UNKNOWN' AS severity,
              CASE lower(compliance_state) WHEN 'compliant' THEN 'RESOLVED'
                WHEN 'protected' THEN 'RESOLVED' WHEN 'exempt' THEN 'EXEMPT' ELSE 'OPEN' END
                AS status,
              NULL::TIMESTAMP AS first_seen, state_time AS last_seen, state_time AS told_at, x_run_id,
              x_loaded_at
            FROM %1$s
            """;

    /// Of several rows of a finding in one load the latest counts.
    private static final String SEEN =
            """
            SELECT *, md5(concat_ws(chr(31), x_provider, source, account, finding_id))
              AS finding_key
            FROM (%s)
            QUALIFY row_number() OVER (
              PARTITION BY x_provider, source, account, finding_id
              ORDER BY told_at DESC, status, severity) = 1
            """;

    private static final String BEGINNING =
            """
            SELECT finding_key, x_provider, source, account, finding_id, resource_id,
              resource_type, region, rule_id, rule_name, standard, description, severity, status,
              first_seen, last_seen, NULL::VARCHAR AS change, false AS is_absent,
              x_loaded_at AS valid_from, NULL::TIMESTAMP AS valid_to, x_run_id
            FROM (%s)
            """;

    /// @param whole whether the staged table has all that its accounts have; never so where rows of
    ///   it were left out
    void write(StagedTable table, boolean whole) throws SQLException {
        open(session);
        String seen =
                SEEN.formatted(
                        table.name().equals(STATES)
                                ? STATE.formatted(table.rows())
                                : FOUND.formatted(table.rows(), "source", "standard"));
        session.execute("CREATE OR REPLACE TEMP TABLE seen_findings AS " + seen);
        session.execute(REFRESH);
        session.execute(CHANGED, loadedAt, run);
        if (whole && table.leftOut().isEmpty()) {
            session.execute(ABSENT, loadedAt, run, table.name(), sources(table.name()), run);
        }
        session.execute(END, loadedAt, run, run);
        session.execute("DROP TABLE seen_findings");
    }

    /// Both tables of Azure have findings of the same subscriptions.
    private static String sources(String table) {
        return table.equals(STATES) ? "azure_policy" : "";
    }

    private static final String REFRESH =
            """
            UPDATE tenant.finding_history h
            SET resource_id = s.resource_id, resource_type = s.resource_type, region = s.region,
              rule_id = s.rule_id, rule_name = s.rule_name, standard = s.standard,
              description = s.description, last_seen = s.last_seen
            FROM seen_findings s
            WHERE h.finding_key = s.finding_key AND h.valid_to IS NULL AND h.status = s.status
              AND h.severity = s.severity
              AND (h.last_seen IS DISTINCT FROM s.last_seen
                OR h.description IS DISTINCT FROM s.description
                OR h.resource_id IS DISTINCT FROM s.resource_id)
            """;

    /// An account that was never looked at before has nothing new: nobody knows since when.
    private static final String CHANGED =
            """
            INSERT INTO tenant.finding_history
            SELECT s.finding_key, s.x_provider, s.source, s.account, s.finding_id, s.resource_id,
              s.resource_type, s.region, s.rule_id, s.rule_name, s.standard, s.description,
              s.severity, s.status, coalesce(s.first_seen, h.first_seen), s.last_seen,
              CASE WHEN h.finding_key IS NULL AND known.account IS NULL THEN NULL
                WHEN h.finding_key IS NULL THEN CASE WHEN s.status <> 'RESOLVED' THEN 'NEW' END
                WHEN s.status = 'RESOLVED' AND h.status <> 'RESOLVED' THEN 'RESOLVED'
                WHEN s.status = 'OPEN' AND h.status = 'RESOLVED' THEN 'REOPENED'
                ELSE 'CHANGED' END,
              false, ?, NULL, ?
            FROM seen_findings s
              LEFT JOIN (SELECT * FROM tenant.finding_history WHERE valid_to IS NULL) h
                ON h.finding_key = s.finding_key
              LEFT JOIN (
                SELECT DISTINCT x_provider, source, account FROM tenant.finding_history) known
                ON known.x_provider = s.x_provider AND known.source = s.source
                  AND known.account = s.account
            WHERE h.finding_key IS NULL OR h.status <> s.status OR h.severity <> s.severity
            """;

    /// What somebody muted or exempted stays so: lists often leave it out.
    private static final String ABSENT =
            """
            INSERT INTO tenant.finding_history
            SELECT finding_key, x_provider, source, account, finding_id, resource_id,
              resource_type, region, rule_id, rule_name, standard, description, severity,
              'RESOLVED', first_seen, last_seen, 'RESOLVED', true, ?, NULL, ?
            FROM tenant.finding_history h
            WHERE valid_to IS NULL AND status = 'OPEN'
              AND EXISTS (
                FROM load_windows w WHERE w.table_name = ? AND w.x_provider = h.x_provider
                  AND w.account = h.account)
              AND (source = 'azure_policy') = (? = 'azure_policy')
              AND NOT EXISTS (FROM seen_findings s WHERE s.finding_key = h.finding_key)
              AND x_run_id <> ?
            """;

    private static final String END =
            """
            UPDATE tenant.finding_history SET valid_to = ?
            WHERE valid_to IS NULL AND x_run_id <> ?
              AND finding_key IN (
                SELECT finding_key FROM tenant.finding_history
                WHERE valid_to IS NULL AND x_run_id = ?)
            """;
}
