package dev.convergence.steps.source;

import static dev.convergence.steps.source.Column.text;
import static dev.convergence.steps.source.Column.time;
import static dev.convergence.steps.source.FindingTable.word;

import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// Findings of Google's Security Command Center, as its list call answers them.
public final class FindingsFormat {

    public static final String NAME = "gcp_findings";

    private static final List<Layout> LAYOUTS =
            List.of(Layout.otherwise("Security Command Center findings"));

    private FindingsFormat() {}

    public static Format format() {
        return new Format(NAME, LAYOUTS, columns(), FindingTable.KEY, List.of());
    }

    private static List<Column> columns() {
        return FindingTable.columns(
                FindingTable.id("finding.name", "name"),
                text("parent", "finding.parent", "parent").needed(),
                text("resource_id", "finding.resourceName", "resourceName"),
                text("resource_type", "resource.type"),
                text("region", "resource.location"),
                text("rule_id", "finding.category", "category").needed(),
                text("rule_name", "finding.moduleName", "moduleName"),
                text("finding_class", "finding.findingClass", "findingClass"),
                word(
                        "severity",
                        row -> FindingTable.severity(row.text("finding.severity", "severity"))),
                word("status", FindingsFormat::status),
                time("event_time", "finding.eventTime", "eventTime").needed(),
                time("first_seen", "finding.createTime", "createTime"),
                time("last_seen", "finding.eventTime", "eventTime"),
                text("description", "finding.description", "description"),
                text("next_steps", "finding.nextSteps", "nextSteps"),
                text("external_uri", "finding.externalUri", "externalUri"),
                text("compliances_json", "finding.compliances", "compliances"),
                text("properties_json", "finding.sourceProperties", "sourceProperties"),
                word("source", _ -> "security_command_center"),
                word("standard", FindingsFormat::standard));
    }

    private static String status(SourceRow row) {
        if (FindingTable.is(row.text("finding.mute", "mute"), "MUTED")) {
            return FindingTable.MUTED;
        }
        return FindingTable.is(row.text("finding.state", "state"), "INACTIVE")
                ? FindingTable.RESOLVED
                : FindingTable.OPEN;
    }

    /// The first standard that the finding offends, with its version.
    private static @Nullable String standard(SourceRow row) {
        JsonNode first = JsonText.lenient(row.text("finding.compliances", "compliances")).path(0);
        String standard = JsonText.text(first.path("standard"));
        String version = JsonText.text(first.path("version"));
        return standard == null || version == null ? standard : standard + " " + version;
    }
}
