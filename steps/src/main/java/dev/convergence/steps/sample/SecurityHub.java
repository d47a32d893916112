package dev.convergence.steps.sample;

import static dev.convergence.steps.sample.Row.facts;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Findings of AWS Security Hub in its finding format: the same checks each day, mended now and
/// then.
final class SecurityHub implements Shape.JsonLines {

    private static final List<String> REGIONS = List.of("us-east-1", "eu-west-1");
    private static final List<Control> CONTROLS =
            List.of(
                    new Control("S3.8", "S3 buckets block public access", "HIGH", "AwsS3Bucket"),
                    new Control(
                            "EC2.19", "No open high-risk ports", "CRITICAL", "AwsEc2SecurityGroup"),
                    new Control(
                            "IAM.6", "The root user has hardware MFA", "CRITICAL", "AwsAccount"),
                    new Control(
                            "RDS.2", "Databases are not public", "CRITICAL", "AwsRdsDbInstance"),
                    new Control(
                            "CloudTrail.4", "Log files are validated", "LOW", "AwsCloudTrailTrail"),
                    new Control("KMS.4", "Keys are rotated", "MEDIUM", "AwsKmsKey"),
                    new Control("Config.1", "Config is on", "INFORMATIONAL", "AwsAccount"));

    private record Control(String id, String title, String severity, String resourceType) {}

    @Override
    public Row row(SampleLine line) {
        Control control = CONTROLS.get(line.index() % CONTROLS.size());
        String region = REGIONS.get(line.index() % REGIONS.size());
        String account = line.number(12, "account");
        int fate = line.dice().below(10);
        boolean passed = fate > 6;
        return new Row()
                .with("SchemaVersion", "2018-10-08")
                .with("Id", id(line, control, region, account))
                .with("ProductArn", "arn:aws:securityhub:" + region + "::product/aws/securityhub")
                .with("ProductName", "Security Hub")
                .with("CompanyName", "AWS")
                .with("Region", region)
                .with("GeneratorId", "security-control/" + control.id)
                .with("AwsAccountId", account)
                .with(
                        "Types",
                        List.of(
                                "Software and Configuration Checks/Industry and Regulatory Standards"))
                .with("FirstObservedAt", SampleLine.midnight(line.day().minusDays(30)).toString())
                .with("LastObservedAt", line.start().toString())
                .with("CreatedAt", SampleLine.midnight(line.day().minusDays(30)).toString())
                .with("UpdatedAt", line.start().toString())
                .with("Severity", facts("Label", control.severity, "Original", control.severity))
                .with("Title", control.title)
                .with("Description", "This control checks: " + control.title + ".")
                .with(
                        "Remediation",
                        facts(
                                "Recommendation",
                                facts(
                                        "Text",
                                        "See the description of the control.",
                                        "Url",
                                        "https://docs.aws.amazon.com/securityhub/")))
                .with("ProductFields", facts("ControlId", control.id))
                .with("Resources", List.of(resource(line, control, region, account)))
                .with(
                        "Compliance",
                        facts(
                                "Status",
                                passed ? "PASSED" : "FAILED",
                                "SecurityControlId",
                                control.id,
                                "AssociatedStandards",
                                List.of(
                                        facts(
                                                "StandardsId",
                                                "standards/cis-aws-foundations-benchmark/v/3.0.0"))))
                .with("WorkflowState", "NEW")
                .with(
                        "Workflow",
                        facts("Status", passed ? "RESOLVED" : fate == 6 ? "SUPPRESSED" : "NEW"))
                .with("RecordState", "ACTIVE");
    }

    private static String id(SampleLine line, Control control, String region, String account) {
        return "arn:aws:securityhub:"
                + region
                + ":"
                + account
                + ":security-control/"
                + control.id
                + "/finding/"
                + line.uuid("finding-" + line.index());
    }

    private static Map<String, @Nullable Object> resource(
            SampleLine line, Control control, String region, String account) {
        String name = line.id(8, "r" + line.index());
        return facts(
                "Type",
                control.resourceType,
                "Id",
                "arn:aws:"
                        + control.resourceType.toLowerCase(java.util.Locale.ROOT)
                        + ":"
                        + region
                        + ":"
                        + account
                        + ":"
                        + name,
                "Partition",
                "aws",
                "Region",
                region);
    }
}
