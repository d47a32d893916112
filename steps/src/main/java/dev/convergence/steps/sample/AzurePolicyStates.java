package dev.convergence.steps.sample;

import static dev.convergence.steps.sample.Row.facts;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Policy states of Azure, as Resource Graph answers them: a snapshot a day.
final class AzurePolicyStates implements Shape.JsonLines {

    private static final List<String> GROUPS = List.of("rg-shop", "rg-analytics", "rg-platform");
    private static final List<Policy> POLICIES =
            List.of(
                    new Policy("storage-https-only", "Deny", "Microsoft.Storage/storageAccounts"),
                    new Policy("vm-managed-disks", "Audit", "Microsoft.Compute/virtualMachines"),
                    new Policy("sql-tde-enabled", "AuditIfNotExists", "Microsoft.Sql/servers"),
                    new Policy("required-tags", "Modify", "Microsoft.Resources/resourceGroups"));
    private static final List<State> STATES =
            List.of(
                    new State("Compliant", 200),
                    new State("Compliant", 200),
                    new State("Compliant", 200),
                    new State("NonCompliant", 300),
                    new State("Conflict", 100),
                    new State("Exempt", 50));

    private record Policy(String name, String action, String resourceType) {}

    private record State(String name, int weight) {}

    @Override
    public Row row(SampleLine line) {
        Dice dice = line.dice();
        Policy policy = dice.pick(POLICIES);
        String group = dice.pick(GROUPS);
        String subscription = line.uuid("subscription-" + group);
        String name = line.id(32, "state-" + line.day() + line.index());
        return new Row()
                .with(
                        "id",
                        "/subscriptions/"
                                + subscription
                                + "/providers/Microsoft.PolicyInsights/policyStates/"
                                + name)
                .with("name", name)
                .with("type", "microsoft.policyinsights/policystates")
                .with("subscriptionId", subscription)
                .with("resourceGroup", group)
                .with("location", "westeurope")
                .with(
                        "properties",
                        properties(line, policy, dice.pick(STATES), subscription, group));
    }

    private static Map<String, @Nullable Object> properties(
            SampleLine line, Policy policy, State state, String subscription, String group) {
        String scope = "/subscriptions/" + subscription;
        String definitions = scope + "/providers/Microsoft.Authorization/";
        String resource = line.id(8, "r" + line.index() % 20);
        return facts(
                "complianceState",
                state.name,
                "policyAssignmentId",
                definitions + "policyAssignments/" + policy.name,
                "policyAssignmentName",
                policy.name,
                "policyAssignmentScope",
                scope,
                "policyDefinitionId",
                definitions + "policyDefinitions/" + policy.name,
                "policyDefinitionName",
                policy.name,
                "policyDefinitionAction",
                policy.action,
                "policyDefinitionReferenceId",
                policy.name + "-1",
                "policySetDefinitionId",
                definitions + "policySetDefinitions/baseline",
                "policySetDefinitionName",
                "baseline",
                "policySetDefinitionCategory",
                "Security",
                "resourceId",
                scope
                        + "/resourceGroups/"
                        + group
                        + "/providers/"
                        + policy.resourceType
                        + "/"
                        + resource,
                "resourceType",
                policy.resourceType,
                "resourceLocation",
                "westeurope",
                "managementGroupIds",
                "root",
                "timestamp",
                line.start().toString(),
                "isDeleted",
                false,
                "complianceReasonCode",
                state.weight == 300 ? "PolicyViolation" : "",
                "stateWeight",
                state.weight);
    }
}
