package dev.convergence.cli;

import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Tenants: onboarded and listed by the operator, shown to themselves.
@Command(name = "tenant", description = "Onboards and shows tenants.")
final class TenantCommand {

    @Command(description = "Makes a tenant and shows its key, once.")
    void onboard(
            @Mixin Connection connection,
            @Mixin Output output,
            @Parameters(paramLabel = "TENANT", description = "its id") String tenant,
            @Option(names = "--company", required = true, description = "the company's name")
                    String company,
            @Option(names = "--email", required = true, description = "whom to write to")
                    String email,
            @Option(
                            names = "--plan",
                            defaultValue = "STARTER",
                            description = "STARTER (default), PROFESSIONAL or SCALE")
                    String plan) {
        Map<String, String> body =
                Map.of(
                        "tenant_id", tenant,
                        "company_name", company,
                        "admin_email", email,
                        "subscription_plan", plan);
        output.one(connection.post(As.OPERATOR, "/tenants/onboard", body));
    }

    @Command(description = "Lists the tenants.")
    void list(@Mixin Connection connection, @Mixin Output output, @Mixin Page page) {
        output.list(
                connection.get(As.OPERATOR, "/tenants" + page.query()),
                "tenants",
                "tenant_id",
                "company_name",
                "subscription_plan",
                "status",
                "created_at");
    }

    @Command(description = "Shows the tenant of the key.")
    void show(@Mixin Connection connection, @Mixin Output output, @Mixin Owner owner) {
        output.one(connection.get(As.TENANT, "/tenants/" + owner.of(connection)));
    }
}
