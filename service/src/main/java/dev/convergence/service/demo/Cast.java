package dev.convergence.service.demo;

import dev.convergence.engine.id.TenantId;
import java.util.List;

/// Who plays in the demo: two companies, three pipelines each.
final class Cast {

    static final List<DemoTenant> TENANTS =
            List.of(
                    new DemoTenant(
                            new TenantId("acme_corp"),
                            "Acme Corporation",
                            "admin@acme.com",
                            "PROFESSIONAL",
                            List.of(
                                    pipeline("GCP/COST/cost_billing", "0 2 * * *", "gcp_billing"),
                                    pipeline(
                                            "GCP/SECURITY/security_audit",
                                            "0 0 * * 1",
                                            "gcp_findings"),
                                    pipeline("AWS/COST/cost_analysis", "0 3 * * *", "aws_cur"))),
                    new DemoTenant(
                            new TenantId("globex_inc"),
                            "Globex Industries",
                            "admin@globex.com",
                            "SCALE",
                            List.of(
                                    pipeline("GCP/COST/cost_billing", "0 2 * * *", "gcp_billing"),
                                    pipeline(
                                            "AZURE/COMPLIANCE/compliance_check",
                                            "0 0 1 * *",
                                            "azure_policy_states"),
                                    pipeline(
                                            "OPENAI/OBSERVABILITY/usage_tracking",
                                            "0 * * * *",
                                            "openai_usage"))));

    private Cast() {}

    private static DemoPipeline pipeline(String path, String cron, String format) {
        String[] parts = path.split("/", -1);
        return new DemoPipeline(parts[0], parts[1], parts[2], cron, format);
    }
}
