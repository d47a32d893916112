package dev.convergence.cli;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Tenants: onboarded and listed by the operator, shown to themselves.
@Command(name = "tenant", description = "Onboards, shows, changes and deletes tenants.")
final class TenantNoun extends Noun {

    @Command(
            description = "Makes a tenant and shows its key, once.",
            footer = {
                "",
                "Example:",
                "  convergence tenant onboard acme --company Acme --email ops@acme.example"
            })
    void onboard(
            @Parameters(paramLabel = "TENANT", description = "Its id to be.") String tenant,
            @Option(
                            names = "--company",
                            required = true,
                            paramLabel = "TEXT",
                            description = "The company's name.")
                    String company,
            @Option(
                            names = "--email",
                            required = true,
                            paramLabel = "ADDRESS",
                            description = "Whom to write to.")
                    String email,
            @Option(
                            names = "--plan",
                            defaultValue = "STARTER",
                            paramLabel = "PLAN",
                            description = "STARTER (default), PROFESSIONAL or SCALE.")
                    String plan,
            @Option(names = "--dry-run", description = "Checks everything and makes nothing.")
                    boolean dryRun) {
        Body body =
                new Body()
                        .with("tenant_id", tenant)
                        .with("company_name", company)
                        .with("admin_email", email)
                        .with("subscription_plan", plan);
        post(As.OPERATOR, Route.of(dryRun ? "/tenants/dryrun" : "/tenants/onboard"), body);
    }

    @Command(description = "Lists the tenants.")
    void list(
            @Mixin Page page,
            @Option(
                            names = "--status",
                            paramLabel = "STATUS",
                            description = "ACTIVE, TRIAL, SUSPENDED or CANCELLED.")
                    @Nullable String status,
            @Option(names = "--plan", paramLabel = "PLAN", description = "Those on one plan.")
                    @Nullable String plan,
            @Option(
                            names = "--search",
                            paramLabel = "TEXT",
                            description = "Part of an id or a company's name.")
                    @Nullable String search) {
        list(
                As.OPERATOR,
                Route.of("/tenants"),
                page.with("status", status).with("subscription_plan", plan).with("search", search),
                "tenants",
                "tenant_id",
                "company_name",
                "subscription_plan",
                "status",
                "created_at");
    }

    @Command(description = "Shows a tenant; without a name the one of the key.")
    void show(
            @Parameters(paramLabel = "TENANT", arity = "0..1", description = "Its id.")
                    @Nullable String tenant) {
        show(As.EITHER, Route.of("/tenants/{}", chosen(tenant)));
    }

    @Command(description = "Changes a tenant's company name or address.")
    void update(
            @Option(names = "--company", paramLabel = "TEXT", description = "The company's name.")
                    @Nullable String company,
            @Option(names = "--email", paramLabel = "ADDRESS", description = "Whom to write to.")
                    @Nullable String email) {
        Body body = new Body().with("company_name", company).with("admin_email", email);
        send(As.EITHER, "PUT", Route.of("/tenants/{}", tenant()), body);
    }

    @Command(description = "Shuts a tenant's keys out and stops its schedules.")
    void suspend(
            @Parameters(paramLabel = "TENANT", description = "Its id.") String tenant,
            @Option(names = "--reason", paramLabel = "TEXT", description = "Kept for the record.")
                    @Nullable String reason) {
        session().confirm("Suspend tenant " + tenant + "?");
        post(
                As.OPERATOR,
                Route.of("/tenants/{}/suspend", tenant),
                new Body().with("reason", reason));
    }

    @Command(description = "Lets a suspended tenant in again.")
    void activate(@Parameters(paramLabel = "TENANT", description = "Its id.") String tenant) {
        post(As.OPERATOR, Route.of("/tenants/{}/activate", tenant));
    }

    @Command(description = "Deletes a tenant and all it has: keys, runs, data.")
    void delete(@Parameters(paramLabel = "TENANT", description = "Its id.") String tenant) {
        session().confirm("Delete tenant " + tenant + " with all its runs and data, for ever?");
        session().shared().tenant = tenant;
        delete(As.EITHER, Route.of("/tenants/{}", tenant));
    }

    @Command(description = "Shows how many pipelines there are and how today's runs stand.")
    void status() {
        show(As.EITHER, Route.of("/tenants/{}/pipelines/status", tenant()));
    }

    private String chosen(@Nullable String named) {
        if (named != null) {
            session().shared().tenant = named;
        }
        return tenant();
    }
}
