package dev.convergence.benchmark.lists;

import java.util.ArrayList;
import java.util.List;

/// Every list with the filters that it offers, and what the console's first pages ask for.
final class Questions {

    private static final List<String> OF_TENANT =
            List.of(
                    "/jobs",
                    "/jobs?status=QUEUED",
                    "/jobs?status=RUNNING",
                    "/jobs?status=CANCELLED",
                    "/jobs?state=QUEUED",
                    "/jobs?state=RUNNING",
                    "/jobs?state=COMPLETED",
                    "/jobs?state=FAILED",
                    "/jobs?state=SKIPPED",
                    "/jobs?state=CANCELLED",
                    "/jobs?type=probe",
                    "/jobs?type=research",
                    "/jobs?type=pipeline&state=FAILED",
                    "/jobs?type=research&state=COMPLETED",
                    "/jobs?since=%1$s",
                    "/jobs?until=%1$s",
                    "/jobs?since=%1$s&state=FAILED",
                    "/jobs?since=%1$s&until=%6$s&state=COMPLETED&type=research",
                    "/jobs?type=probe&state=QUEUED",
                    "/jobs?type=probe&state=COMPLETED",
                    "/jobs?type=probe&state=FAILED&since=%1$s",
                    "/jobs?type=pipeline&state=COMPLETED&until=%1$s",
                    "/jobs?state=RUNNING&limit=200",
                    "/jobs?group_id=%7$s",
                    "/jobs?group_id=%7$s&state=COMPLETED",
                    "/jobs/%5$s/chain",
                    "/job-runs",
                    "/job-runs?status=RUNNING",
                    "/job-runs?status=COMPLETED",
                    "/job-runs?status=FAILED",
                    "/job-runs?status=SKIPPED",
                    "/job-runs?type=probe",
                    "/job-runs?type=research",
                    "/job-runs?type=research&status=FAILED",
                    "/job-runs?type=probe&status=COMPLETED",
                    "/job-runs?type=pipeline&status=SKIPPED",
                    "/job-runs?group_id=%7$s",
                    "/job-runs?job_id=%5$s",
                    "/job-groups",
                    "/job-templates",
                    "/schedules",
                    "/schedules?enabled=false",
                    "/scheduler/queue/jobs",
                    "/scheduler/queue/jobs?limit=200",
                    "/pipelines/runs",
                    "/pipelines/runs?state=FAILED",
                    "/pipelines/runs?state=COMPLETED",
                    "/pipelines/runs?state=RUNNING",
                    "/pipelines/runs?state=PENDING",
                    "/pipelines/runs?state=SCHEDULED",
                    "/pipelines/runs?state=SKIPPED",
                    "/pipelines/runs?state=CANCELLED",
                    "/pipelines/runs?pipeline_id=%2$s-system-diagnostics-probe",
                    "/pipelines/runs?pipeline_id=nobody",
                    "/pipelines/runs?pipeline_id=nobody&state=FAILED",
                    "/pipelines/runs?pipeline_id=nobody&state=COMPLETED",
                    "/pipelines/runs?pipeline_id=%2$s-system-diagnostics-probe&state=FAILED",
                    "/pipelines/runs?pipeline_id=%2$s-system-diagnostics-probe&state=COMPLETED",
                    "/scheduler/scheduled",
                    "/scheduler/scheduled?state=FAILED",
                    "/scheduler/scheduled?state=COMPLETED",
                    "/scheduler/scheduled?state=SCHEDULED",
                    "/scheduler/scheduled?date=%3$s",
                    "/scheduler/scheduled?pipeline_id=nobody",
                    "/scheduler/scheduled?date=%3$s&state=FAILED",
                    "/scheduler/scheduled?date=%3$s&state=COMPLETED",
                    "/scheduler/pipeline-configs",
                    "/scheduler/pipeline-configs?is_active=false",
                    "/scheduler/pipeline-configs/%4$s/revisions",
                    "/scheduler/tenant/%2$s/pipelines?is_active=true",
                    "/scheduler/tenant/%2$s/pipelines?is_active=false",
                    "/tenants/%2$s/slots",
                    "/tenants/%2$s/slots?outcome=FIRED",
                    "/tenants/%2$s/slots?outcome=SKIPPED_QUOTA",
                    "/tenants/%2$s/slots?outcome=SKIPPED_MISSED",
                    "/tenants/%2$s/slots?from=%3$s",
                    "/tenants/%2$s/slots?to=%3$s",
                    "/tenants/%2$s/slots?config_id=%4$s",
                    "/tenants/%2$s/slots?config_id=%4$s&outcome=SKIPPED_OVERLAP",
                    "/tenants/%2$s/slots?outcome=SKIPPED_MISSED&from=%1$s&to=%6$s",
                    "/tenants/%2$s/slots?limit=200&from=%6$s",
                    "/tenants/%2$s/backfills",
                    "/tenants/%2$s/backfills?state=COMPLETED",
                    "/tenants/%2$s/backfills?state=RUNNING",
                    "/tenants/%2$s/dead-letters",
                    "/tenants/%2$s/api-keys",
                    "/tenants/%2$s/credentials",
                    "/webhooks/endpoints",
                    "/webhooks/deliveries",
                    "/webhooks/deliveries?state=FAILED",
                    "/webhooks/deliveries?state=PENDING",
                    "/webhooks/deliveries?state=DELIVERED",
                    "/webhooks/deliveries?event=pipeline.failed",
                    "/webhooks/deliveries?event=quota.warning",
                    "/webhooks/deliveries?event=pipeline.failed&state=FAILED",
                    "/webhooks/deliveries?event=quota.warning&state=DELIVERED",
                    "/webhooks/deliveries?endpoint_id=%9$s",
                    "/webhooks/deliveries?endpoint_id=%9$s&state=FAILED",
                    "/webhooks/deliveries?run_id=%8$s",
                    "/tenants/%2$s/notifications",
                    "/tenants/%2$s/notifications/channels",
                    "/tenants/%2$s/notifications/rules",
                    "/tenants/%2$s/notifications/history",
                    "/tenants/%2$s/notifications/history?state=FAILED",
                    "/tenants/%2$s/notifications/history?state=HELD",
                    "/tenants/%2$s/notifications/history?event=QUOTA_WARNING",
                    "/tenants/%2$s/notifications/history?event=QUOTA_WARNING&state=FAILED",
                    "/tenants/%2$s/notifications/history?channel_id=%10$s",
                    "/tenants/%2$s/notifications/history?channel_id=%10$s&state=FAILED",
                    "/audit",
                    "/audit?action=jobs.create",
                    "/audit?resource=channels",
                    "/audit?resource=channels&actor=admin",
                    "/audit?resource=jobs&resource_id=thing-7",
                    "/audit?actor=admin",
                    "/audit?actor=nobody",
                    "/audit?from=%1$s",
                    "/audit?to=%1$s",
                    "/audit?actor=nobody&from=%1$s&to=%6$s",
                    "/audit?action=jobs.create&actor=admin&to=%1$s");

    private static final List<String> OF_TENANT_WHOLE =
            List.of(
                    "/me",
                    "/scheduler/status",
                    "/scheduler/queue/status",
                    "/tenants/%2$s/usage",
                    "/tenants/%2$s/usage/history",
                    "/tenants/%2$s/pipelines/status",
                    "/tenants/%2$s/limits",
                    "/tenants/%2$s/usage/history?days=14",
                    "/pipelines/runs/%8$s",
                    "/pipelines/runs/%8$s/why",
                    "/pipelines/runs/%8$s/steps",
                    "/jobs/%5$s",
                    "/jobs/%5$s/why",
                    "/pipelines/templates");

    private static final List<String> OF_OPERATOR =
            List.of(
                    "/tenants",
                    "/tenants?status=SUSPENDED",
                    "/tenants?subscription_plan=SCALE",
                    "/tenants?search=company-99",
                    "/scheduler/scheduled",
                    "/scheduler/scheduled?state=FAILED",
                    "/scheduler/scheduled?state=COMPLETED",
                    "/scheduler/scheduled?state=SCHEDULED",
                    "/scheduler/scheduled?date=%3$s",
                    "/scheduler/scheduled?tenant_id=%2$s",
                    "/scheduler/scheduled?pipeline_id=%2$s-system-diagnostics-probe",
                    "/scheduler/scheduled?pipeline_id=nobody",
                    "/scheduler/scheduled?date=%3$s&state=FAILED",
                    "/scheduler/scheduled?tenant_id=%2$s&date=%3$s&state=COMPLETED",
                    "/scheduler/nodes",
                    "/scheduler/dead-letters",
                    "/tenants/%2$s/limits/overrides",
                    "/audit",
                    "/audit?action=jobs.create",
                    "/audit?resource=channels",
                    "/audit?resource=channels&actor=admin",
                    "/audit?resource=jobs&resource_id=thing-7",
                    "/audit?actor=nobody",
                    "/audit?tenant_id=%2$s",
                    "/audit?tenant_id=%2$s&resource=channels",
                    "/audit?actor=nobody&from=%1$s&to=%6$s",
                    "/tenants?search=company-99&status=ACTIVE&subscription_plan=SCALE",
                    "/tenants?search=nobody");

    private static final List<String> OF_OPERATOR_WHOLE =
            List.of(
                    "/scheduler/status",
                    "/scheduler/queue/status",
                    "/scheduler/views/pipelines_due_now",
                    "/scheduler/views/currently_running_pipelines",
                    "/scheduler/views/pipeline_execution_stats_7d",
                    "/scheduler/views/pending_queue_items",
                    "/scheduler/scheduled?offset=10000",
                    "/tenants?page=150&page_size=50");

    private Questions() {}

    static List<Question> all(Landmarks large, Landmarks small) {
        List<Question> all = new ArrayList<>();
        add(all, Who.LARGE, OF_TENANT, true, large);
        add(all, Who.LARGE, OF_TENANT_WHOLE, false, large);
        add(all, Who.SMALL, OF_TENANT, true, small);
        add(all, Who.SMALL, OF_TENANT_WHOLE, false, small);
        add(all, Who.OPERATOR, OF_OPERATOR, true, large);
        add(all, Who.OPERATOR, OF_OPERATOR_WHOLE, false, large);
        return all;
    }

    private static void add(
            List<Question> all, Who who, List<String> paths, boolean isPaged, Landmarks landmarks) {
        paths.forEach(path -> all.add(new Question(who, path.formatted(landmarks.all()), isPaged)));
    }
}
