package dev.convergence.steps.source;

import static dev.convergence.steps.source.Column.computed;
import static dev.convergence.steps.source.Column.text;
import static dev.convergence.steps.source.FindingTable.word;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Assessments of Microsoft Defender for Cloud, as its list call and Resource Graph's
/// `securityresources` answer them.
public final class AssessmentsFormat {

    public static final String NAME = "azure_assessments";

    private static final List<Layout> LAYOUTS =
            List.of(Layout.otherwise("Microsoft Defender assessments"));

    private static final Pattern SUBSCRIPTION =
            Pattern.compile("/subscriptions/([^/]+)", Pattern.CASE_INSENSITIVE);
    private static final Pattern RESOURCE =
            Pattern.compile(
                    "(.*)/providers/Microsoft\\.Security/assessments/.*",
                    Pattern.CASE_INSENSITIVE | Pattern.DOTALL);
    private static final Pattern TYPE =
            Pattern.compile(".*/providers/([^/]+/[^/]+)/.*", Pattern.DOTALL);

    private AssessmentsFormat() {}

    public static Format format() {
        return new Format(NAME, LAYOUTS, columns(), FindingTable.KEY, List.of());
    }

    private static List<Column> columns() {
        return FindingTable.columns(
                FindingTable.id("id"),
                word("parent", AssessmentsFormat::subscription).from("id").needed(),
                word("resource_id", AssessmentsFormat::resource),
                word("resource_type", AssessmentsFormat::resourceType),
                text("region", "location", "properties.resourceDetails.resourceLocation"),
                word("rule_id", row -> row.text("name")).from("name").needed(),
                text("rule_name", "properties.displayName", "properties.metadata.displayName"),
                text("finding_class", "properties.metadata.assessmentType"),
                word(
                        "severity",
                        row ->
                                FindingTable.severity(
                                        row.text("properties.metadata.severity", "severity"))),
                word("status", AssessmentsFormat::status)
                        .from("properties.status.code", "status.code")
                        .needed(),
                computed("event_time", ColumnType.TIME, AssessmentsFormat::changed).needed(),
                Column.time("first_seen", "properties.status.firstEvaluationDate"),
                computed("last_seen", ColumnType.TIME, SourceRow::loadedOn),
                text(
                        "description",
                        "properties.metadata.description",
                        "properties.status.description"),
                text("next_steps", "properties.metadata.remediationDescription"),
                text("external_uri", "properties.links.azurePortal"),
                text("compliances_json", "properties.metadata.categories"),
                text("properties_json", "properties.additionalData"),
                word("source", _ -> "defender"),
                text("standard", "properties.metadata.policyDefinitionId"));
    }

    private static @Nullable String subscription(SourceRow row) {
        String given = row.text("subscriptionId");
        return given == null ? found(SUBSCRIPTION, row.text("id")) : given;
    }

    private static @Nullable String resource(SourceRow row) {
        String given = row.text("properties.resourceDetails.id", "resourceDetails.id");
        return given == null ? found(RESOURCE, row.text("id")) : given;
    }

    private static @Nullable String resourceType(SourceRow row) {
        String given = row.text("properties.resourceDetails.resourceType");
        return given == null ? found(TYPE, resource(row)) : given;
    }

    private static @Nullable String found(Pattern pattern, @Nullable String text) {
        Matcher matcher = pattern.matcher(text == null ? "" : text);
        return matcher.find() ? matcher.group(1) : null;
    }

    /// What does not apply is nobody's to mend, and what somebody exempted says so in its cause.
    private static @Nullable String status(SourceRow row) {
        String code = row.text("properties.status.code", "status.code");
        if (FindingTable.is(row.text("properties.status.cause", "status.cause"), "Exempt")) {
            return FindingTable.EXEMPT;
        }
        boolean ended = FindingTable.is(code, "Healthy") || FindingTable.is(code, "NotApplicable");
        return code == null ? null : ended ? FindingTable.RESOLVED : FindingTable.OPEN;
    }

    /// Not every answer has times; then it is the day of the load.
    private static @Nullable String changed(SourceRow row) {
        String changed =
                row.text(
                        "properties.status.statusChangeDate",
                        "properties.status.firstEvaluationDate");
        return changed == null ? row.loadedOn() : changed;
    }
}
