package dev.convergence.steps.sample;

import static dev.convergence.steps.sample.Row.facts;

import java.util.List;

/// Assessments of Microsoft Defender for Cloud, as Resource Graph answers them: the same ones each
/// day, mended now and then.
final class DefenderAssessments implements Shape.JsonLines {

    private static final List<String> GROUPS = List.of("rg-shop", "rg-analytics", "rg-platform");
    private static final List<Rule> RULES =
            List.of(
                    new Rule(
                            "Storage accounts restrict network access",
                            "Medium",
                            "Microsoft.Storage/storageAccounts"),
                    new Rule(
                            "Virtual machines encrypt temp disks",
                            "High",
                            "Microsoft.Compute/virtualMachines"),
                    new Rule(
                            "SQL servers have vulnerability assessment",
                            "High",
                            "Microsoft.Sql/servers"),
                    new Rule("Diagnostic logs are on", "Low", "Microsoft.KeyVault/vaults"));

    private record Rule(String title, String severity, String resourceType) {}

    @Override
    public Row row(SampleLine line) {
        Rule rule = RULES.get(line.index() % RULES.size());
        String group = GROUPS.get(line.index() % GROUPS.size());
        String subscription = line.uuid("subscription");
        String resource =
                "/subscriptions/"
                        + subscription
                        + "/resourceGroups/"
                        + group
                        + "/providers/"
                        + rule.resourceType
                        + "/"
                        + line.id(8, "r" + line.index());
        String name = line.uuid("rule-" + rule.title);
        int fate = line.dice().below(10);
        String code = fate > 7 ? "Healthy" : fate > 6 ? "NotApplicable" : "Unhealthy";
        return new Row()
                .with("id", resource + "/providers/Microsoft.Security/assessments/" + name)
                .with("name", name)
                .with("type", "microsoft.security/assessments")
                .with("subscriptionId", subscription)
                .with("resourceGroup", group)
                .with("location", "westeurope")
                .with(
                        "properties",
                        facts(
                                "displayName",
                                rule.title,
                                "resourceDetails",
                                facts(
                                        "Source",
                                        "Azure",
                                        "Id",
                                        resource,
                                        "ResourceType",
                                        rule.resourceType),
                                "status",
                                facts(
                                        "code",
                                        code,
                                        "cause",
                                        code.equals("NotApplicable") ? "Exempt" : null,
                                        "statusChangeDate",
                                        line.start().toString(),
                                        "firstEvaluationDate",
                                        SampleLine.midnight(line.day().minusDays(30)).toString()),
                                "metadata",
                                facts(
                                        "displayName",
                                        rule.title,
                                        "assessmentType",
                                        "BuiltIn",
                                        "severity",
                                        rule.severity,
                                        "categories",
                                        List.of("Data"),
                                        "description",
                                        "Checks: " + rule.title + ".",
                                        "remediationDescription",
                                        "Follow the recommendation in the portal."),
                                "links",
                                facts("azurePortal", "portal.azure.com/#blade/security/" + name)));
    }
}
