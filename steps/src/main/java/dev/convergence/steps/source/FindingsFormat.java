package dev.convergence.steps.source;

import static dev.convergence.steps.source.Column.computed;
import static dev.convergence.steps.source.Column.text;
import static dev.convergence.steps.source.Column.time;

import java.util.List;
import java.util.Set;

/// Findings of Google's Security Command Center, as its list call answers them: `findings`.
///
/// A file is a snapshot, so it replaces all findings of its source, unless days are asked for.
public final class FindingsFormat {

    public static final String NAME = "gcp_findings";

    private static final LoadKey KEY =
            new LoadKey("parent", "event_time::DATE", "'snapshot'", null);

    private static final Set<String> SEVERITIES = Set.of("CRITICAL", "HIGH", "MEDIUM", "LOW");

    private static final List<Layout> LAYOUTS =
            List.of(Layout.otherwise("Security Command Center findings"));

    private FindingsFormat() {}

    public static Format format() {
        return new Format(NAME, LAYOUTS, columns(), KEY, List.of());
    }

    private static List<Column> columns() {
        return List.of(
                text("finding_id", "finding.name", "name").needed(),
                text("parent", "finding.parent", "parent").needed(),
                text("resource_id", "finding.resourceName", "resourceName"),
                text("resource_type", "resource.type"),
                text("region", "resource.location"),
                text("rule_id", "finding.category", "category").needed(),
                text("rule_name", "finding.moduleName", "moduleName"),
                text("finding_class", "finding.findingClass", "findingClass"),
                computed("severity", ColumnType.TEXT, FindingsFormat::severity),
                computed("status", ColumnType.TEXT, FindingsFormat::status),
                time("event_time", "finding.eventTime", "eventTime").needed(),
                time("first_seen", "finding.createTime", "createTime"),
                time("last_seen", "finding.eventTime", "eventTime"),
                text("description", "finding.description", "description"),
                text("next_steps", "finding.nextSteps", "nextSteps"),
                text("external_uri", "finding.externalUri", "externalUri"),
                text("compliances_json", "finding.compliances", "compliances"),
                text("properties_json", "finding.sourceProperties", "sourceProperties"));
    }

    private static String severity(SourceRow row) {
        String severity = row.text("finding.severity", "severity");
        return severity != null && SEVERITIES.contains(severity) ? severity : "UNKNOWN";
    }

    private static String status(SourceRow row) {
        if ("MUTED".equals(row.text("finding.mute", "mute"))) {
            return "MUTED";
        }
        return "INACTIVE".equals(row.text("finding.state", "state")) ? "RESOLVED" : "OPEN";
    }
}
