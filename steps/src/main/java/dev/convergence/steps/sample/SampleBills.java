package dev.convergence.steps.sample;

import dev.convergence.engine.error.EngineException;
import dev.convergence.engine.id.TenantId;
import dev.convergence.engine.step.DateWindow;
import dev.convergence.steps.source.SampleSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/// Writes generated bills, usage and findings in the shapes that the vendors export.
///
/// One file holds all days of a window and is named after them; a second call with the same knobs
/// (see [SampleKnobs]) replaces it by the same bytes. A day's lines are the same in every window.
/// Times are RFC 3339 in UTC unless said otherwise, amounts are exact decimals, nulls are empty
/// cells in CSV.
///
/// | format | file | account column | columns or fields |
/// |---|---|---|---|
/// | `gcp_billing` | `.jsonl`, nested | `billing_account_id` | detailed export: service{id,
/// description}, sku{…}, usage_start_time, usage_end_time, project{id, number, name, labels[]…},
/// labels[], system_labels[], location{…}, cost, currency, currency_conversion_rate, usage{…},
/// credits[]{id, full_name, type, name, amount}, invoice{month}, cost_type, adjustment_info, tags[],
/// export_time, cost_at_list, transaction_type, seller_name, consumption_model, price{…}, resource{name,
/// global_name}, subscription |
/// | `aws_cur` | `.csv.gz` | `bill_payer_account_id` | all of CUR 2.0, see [AwsCurColumns]; maps
/// (`product`, `resource_tags`, `cost_category`, `discount`) as JSON text |
/// | `azure_cost` | `.csv` | `BillingAccountId` | actual cost, 55 columns, see [AzureCost]; dates are
/// `MM/DD/YYYY`, `BillingPeriodEndDate` is the last day, `Tags` has no outer braces |
/// | `oci_cost` | `.csv` | `lineItem/tenantId` | cost report, see [OciCost]; times end in `Z`, the
/// start has no seconds |
/// | `focus` | `.csv` | `BillingAccountId` | all 57 columns of FOCUS 1.2, see [FocusCost]; `Tags` and
/// `SkuPriceDetails` as JSON text |
/// | `openai_usage` | `.jsonl` | `organization_id` | one line for each day, project and model: date,
/// start_time, end_time (Unix seconds), organization_id, project_id, model, service_tier,
/// input_tokens, input_cached_tokens, input_uncached_tokens, output_tokens, num_model_requests,
/// amount{value (decimal text, in dollars), currency (`usd`)} |
/// | `claude_usage` | `.jsonl` | `organization_id` | one line for each day, workspace and model: date,
/// starting_at, ending_at, organization_id, workspace_id (null: default), model, service_tier,
/// context_window, uncached_input_tokens, cache_read_input_tokens,
/// cache_creation{ephemeral_1h_input_tokens, ephemeral_5m_input_tokens}, output_tokens,
/// server_tool_use{web_search_requests}, num_model_requests, amount (decimal text, in **cents**),
/// currency (`USD`) |
/// | `gcp_findings` | `.jsonl` | `parent` | {finding{name, canonicalName, parent, resourceName, state,
/// category, severity, findingClass, mute, eventTime, createTime, externalUri, description, nextSteps,
/// moduleName, parentDisplayName, securityMarks, sourceProperties, compliances[]}, resource{name, type,
/// projectDisplayName, location}} |
/// | `azure_policy_states` | `.jsonl` | `subscriptionId` | id, name, type, subscriptionId,
/// resourceGroup, location, properties{complianceState, policyAssignmentId, policyAssignmentName,
/// policyAssignmentScope, policyDefinitionId, policyDefinitionName, policyDefinitionAction,
/// policyDefinitionReferenceId, policySetDefinitionId, policySetDefinitionName,
/// policySetDefinitionCategory, resourceId, resourceType, resourceLocation, managementGroupIds,
/// timestamp, isDeleted, complianceReasonCode, stateWeight} |
/// | `aws_security_hub` | `.jsonl` | `AwsAccountId` | the AWS finding format: SchemaVersion, Id,
/// ProductArn, Region, GeneratorId, Types[], times, Severity, Title, Description, Remediation,
/// ProductFields, Resources[], Compliance, Workflow, RecordState |
/// | `azure_assessments` | `.jsonl` | `subscriptionId` | id, name, type, subscriptionId, resourceGroup,
/// location, properties{displayName, resourceDetails, status, metadata, links} |
/// | `gcp_assets` | `.jsonl` | `ancestors[0]` | name, asset_type, resource{version, discovery_name,
/// parent, location, data}, ancestors[], update_time |
public final class SampleBills implements SampleSource {

    private static final Map<String, Shape> SHAPES =
            new TreeMap<>(
                    Map.ofEntries(
                            Map.entry("gcp_billing", new GcpBilling()),
                            Map.entry("aws_cur", new AwsCur()),
                            Map.entry("azure_cost", new AzureCost()),
                            Map.entry("oci_cost", new OciCost()),
                            Map.entry("focus", new FocusCost()),
                            Map.entry("openai_usage", new OpenAiUsage()),
                            Map.entry("claude_usage", new ClaudeUsage()),
                            Map.entry("gcp_findings", new GcpFindings()),
                            Map.entry("azure_policy_states", new AzurePolicyStates()),
                            Map.entry("aws_security_hub", new SecurityHub()),
                            Map.entry("azure_assessments", new DefenderAssessments()),
                            Map.entry("gcp_assets", new CloudAssets())));

    @Override
    public List<Path> write(
            String format,
            TenantId tenant,
            DateWindow window,
            Map<String, Object> parameters,
            Path directory)
            throws IOException {
        Shape shape = shape(format);
        SampleKnobs knobs = SampleKnobs.of(tenant, parameters);
        Files.createDirectories(directory);
        String name = format + "_" + window.start() + "_" + window.end();
        try (Stream<SampleLine> lines = lines(format, shape, tenant, window, knobs)) {
            return List.of(
                    SampleFile.write(shape, lines.iterator(), knobs.brokenRows(), directory, name));
        }
    }

    private static Shape shape(String format) {
        Shape shape = SHAPES.get(format);
        if (shape == null) {
            throw EngineException.invalidField(
                    "format",
                    "UNKNOWN_FORMAT",
                    "no sample is generated for it; there are " + SHAPES.keySet() + ".");
        }
        return shape;
    }

    private static Stream<SampleLine> lines(
            String format, Shape shape, TenantId tenant, DateWindow window, SampleKnobs knobs) {
        int perDay = Math.min(knobs.rowsPerDay(), shape.linesPerDayMax());
        return window.days()
                .flatMap(day ->
                        Stream.iterate(0, index -> index < perDay, index -> index + 1)
                                .map(i -> SampleLine.of(tenant, format, knobs, day, i)))
                .filter(SampleLine::exported);
    }
}
