package dev.convergence.steps.source;

import static dev.convergence.steps.source.Column.computed;
import static dev.convergence.steps.source.Column.text;
import static dev.convergence.steps.source.FindingTable.word;

import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// Findings of AWS Security Hub in its finding format (ASFF), as GetFindings answers them. A
/// snapshot is of an account and a region: that is how Security Hub is asked.
public final class SecurityHubFormat {

    public static final String NAME = "aws_security_hub";

    private static final List<Layout> LAYOUTS =
            List.of(Layout.otherwise("AWS Security Hub findings (ASFF)"));

    private static final int REGION_OF_ARN = 3;
    private static final int CRITICAL = 90;
    private static final int HIGH = 70;
    private static final int MEDIUM = 40;

    private SecurityHubFormat() {}

    public static Format format() {
        return new Format(NAME, LAYOUTS, columns(), FindingTable.KEY, List.of());
    }

    private static List<Column> columns() {
        return FindingTable.columns(
                FindingTable.id("Id"),
                word("parent", SecurityHubFormat::account).from("AwsAccountId").needed(),
                word("resource_id", row -> JsonText.text(resource(row).path("Id"))),
                word("resource_type", row -> JsonText.text(resource(row).path("Type"))),
                word("region", SecurityHubFormat::region),
                text(
                                "rule_id",
                                "Compliance.SecurityControlId",
                                "ProductFields.ControlId",
                                "ProductFields.RuleId",
                                "GeneratorId")
                        .needed(),
                text("rule_name", "Title"),
                word(
                        "finding_class",
                        row -> JsonText.text(JsonText.lenient(row.text("Types")).path(0))),
                word("severity", SecurityHubFormat::severity),
                word("status", SecurityHubFormat::status),
                computed("event_time", ColumnType.TIME, row -> row.text("UpdatedAt", "CreatedAt"))
                        .from("UpdatedAt")
                        .needed(),
                Column.time("first_seen", "FirstObservedAt", "CreatedAt"),
                Column.time("last_seen", "LastObservedAt", "UpdatedAt"),
                text("description", "Description"),
                text("next_steps", "Remediation.Recommendation.Text"),
                text("external_uri", "Remediation.Recommendation.Url", "SourceUrl"),
                text("compliances_json", "Compliance"),
                text("properties_json", "ProductFields"),
                word("source", _ -> "security_hub"),
                word("standard", SecurityHubFormat::standard));
    }

    private static @Nullable String account(SourceRow row) {
        String account = row.text("AwsAccountId");
        String region = region(row);
        return account == null || region == null ? account : account + "/" + region;
    }

    private static @Nullable String region(SourceRow row) {
        String region = row.text("Region");
        String[] product = Objects.requireNonNullElse(row.text("ProductArn"), "").split(":", -1);
        return region != null || product.length <= REGION_OF_ARN || product[REGION_OF_ARN].isEmpty()
                ? region
                : product[REGION_OF_ARN];
    }

    private static JsonNode resource(SourceRow row) {
        return JsonText.lenient(row.text("Resources")).path(0);
    }

    /// The label; where there is none, what the normalized number stands for.
    private static String severity(SourceRow row) {
        String label = row.text("Severity.Label");
        String number = row.text("Severity.Normalized");
        if (label != null || number == null || !number.matches("[0-9]{1,3}")) {
            return FindingTable.severity(label);
        }
        int normalized = Integer.parseInt(number);
        if (normalized >= CRITICAL) {
            return "CRITICAL";
        }
        if (normalized >= HIGH) {
            return "HIGH";
        }
        return normalized >= MEDIUM ? "MEDIUM" : normalized > 0 ? "LOW" : "INFO";
    }

    /// What somebody suppressed stays muted, whatever the check says; a word that is not known
    /// leaves a finding open, so that nobody overlooks it.
    private static String status(SourceRow row) {
        String workflow = row.text("Workflow.Status", "WorkflowState");
        if (FindingTable.is(workflow, "SUPPRESSED")) {
            return FindingTable.MUTED;
        }
        boolean ended =
                FindingTable.is(workflow, "RESOLVED")
                        || FindingTable.is(row.text("RecordState"), "ARCHIVED")
                        || FindingTable.is(row.text("Compliance.Status"), "PASSED");
        return ended ? FindingTable.RESOLVED : FindingTable.OPEN;
    }

    private static @Nullable String standard(SourceRow row) {
        String standards =
                JsonText.lenient(row.text("Compliance.AssociatedStandards"))
                        .valueStream()
                        .map(standard -> JsonText.text(standard.path("StandardsId")))
                        .filter(Objects::nonNull)
                        .collect(Collectors.joining(", "));
        return standards.isEmpty()
                ? row.text("ProductFields.StandardsArn", "ProductFields.StandardsGuideArn")
                : standards;
    }
}
