package dev.convergence.steps.sample;

import static dev.convergence.steps.sample.Row.facts;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Findings of the Security Command Center, as its list call answers them: a snapshot a day.
final class GcpFindings implements Shape.JsonLines {

    private static final List<String> PROJECTS = List.of("shop", "analytics", "platform");
    private static final List<Rule> RULES =
            List.of(
                    new Rule("PUBLIC_BUCKET_ACL", "HIGH", "storage.googleapis.com/Bucket", "5.1"),
                    new Rule("OPEN_FIREWALL", "HIGH", "compute.googleapis.com/Firewall", "3.6"),
                    new Rule(
                            "MFA_NOT_ENFORCED",
                            "HIGH",
                            "cloudresourcemanager.googleapis.com/Organization",
                            "1.2"),
                    new Rule("FULL_API_ACCESS", "MEDIUM", "compute.googleapis.com/Instance", "4.2"),
                    new Rule(
                            "FLOW_LOGS_DISABLED",
                            "LOW",
                            "compute.googleapis.com/Subnetwork",
                            "3.8"),
                    new Rule(
                            "SQL_PUBLIC_IP",
                            "CRITICAL",
                            "sqladmin.googleapis.com/Instance",
                            "6.6"));

    private record Rule(String category, String severity, String resourceType, String control) {}

    @Override
    public Row row(SampleLine line) {
        Dice dice = line.dice();
        Rule rule = dice.pick(RULES);
        String project = dice.pick(PROJECTS);
        String resource = resource(line, rule, project);
        return new Row()
                .with("finding", finding(line, rule, project, resource))
                .with(
                        "resource",
                        facts(
                                "name",
                                resource,
                                "type",
                                rule.resourceType,
                                "projectDisplayName",
                                project,
                                "location",
                                "us-central1"));
    }

    private static Map<String, @Nullable Object> finding(
            SampleLine line, Rule rule, String project, String resource) {
        String parent =
                "organizations/"
                        + line.number(12, "organization")
                        + "/sources/"
                        + line.number(12, "source");
        String name = parent + "/findings/" + line.id(32, "finding-" + line.day() + line.index());
        boolean active = line.dice().below(10) > 1;
        return facts(
                "name",
                name,
                "canonicalName",
                name.replaceFirst("organizations/\\d+", "projects/" + line.number(12, project)),
                "parent",
                parent,
                "resourceName",
                resource,
                "state",
                active ? "ACTIVE" : "INACTIVE",
                "category",
                rule.category,
                "severity",
                rule.severity,
                "findingClass",
                "MISCONFIGURATION",
                "mute",
                "UNMUTED",
                "eventTime",
                line.start().toString(),
                "createTime",
                line.start().toString(),
                "externalUri",
                "https://console.cloud.google.com/security",
                "description",
                "The rule " + rule.category + " does not hold for this resource.",
                "nextSteps",
                "Change the setting that the rule names.",
                "moduleName",
                "securitySettings",
                "parentDisplayName",
                "Security Health Analytics",
                "securityMarks",
                facts("name", name + "/securityMarks"),
                "sourceProperties",
                facts("ScannerName", "SECURITY_SCANNER"),
                "compliances",
                List.of(facts("standard", "cis", "version", "2.0", "ids", List.of(rule.control))));
    }

    private static String resource(SampleLine line, Rule rule, String project) {
        return "//" + rule.resourceType + "/" + project + "-" + line.id(8, "r" + line.index() % 20);
    }
}
