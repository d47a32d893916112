package dev.convergence.steps.source;

import static dev.convergence.steps.source.Column.text;
import static dev.convergence.steps.source.Column.time;
import static dev.convergence.steps.source.Column.whole;

import java.util.List;

/// Policy states of Azure, as Resource Graph answers them: `policy_states`.
///
/// A file is a snapshot, so it replaces all states of its subscriptions, unless days are asked for.
public final class PolicyStatesFormat {

    public static final String NAME = "azure_policy_states";

    private static final LoadKey KEY =
            new LoadKey("subscription_id", "state_time::DATE", "'snapshot'", null);

    private static final List<Layout> LAYOUTS = List.of(Layout.otherwise("Azure policy states"));

    private PolicyStatesFormat() {}

    public static Format format() {
        return new Format(NAME, LAYOUTS, columns(), KEY, List.of());
    }

    private static List<Column> columns() {
        return List.of(
                text("state_id", "id").needed(),
                text("subscription_id", "subscriptionId").needed(),
                text("resource_group", "resourceGroup"),
                text("location", "location", "properties.resourceLocation"),
                text("compliance_state", "properties.complianceState").needed(),
                text("policy_assignment_id", "properties.policyAssignmentId"),
                text("policy_assignment_name", "properties.policyAssignmentName"),
                text("policy_assignment_scope", "properties.policyAssignmentScope"),
                text("policy_definition_id", "properties.policyDefinitionId"),
                text("policy_definition_name", "properties.policyDefinitionName"),
                text("policy_definition_action", "properties.policyDefinitionAction"),
                text("policy_definition_reference_id", "properties.policyDefinitionReferenceId"),
                text("policy_set_definition_id", "properties.policySetDefinitionId"),
                text("policy_set_definition_name", "properties.policySetDefinitionName"),
                text("policy_set_definition_category", "properties.policySetDefinitionCategory"),
                text("resource_id", "properties.resourceId"),
                text("resource_type", "properties.resourceType"),
                text("resource_location", "properties.resourceLocation"),
                time("state_time", "properties.timestamp").needed(),
                text("is_deleted", "properties.isDeleted"),
                text("compliance_reason_code", "properties.complianceReasonCode"),
                whole("state_weight", "properties.stateWeight"));
    }
}
