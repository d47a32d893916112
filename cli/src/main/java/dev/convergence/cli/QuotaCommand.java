package dev.convergence.cli;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// What tenants may run and have run.
@Command(name = "quota", description = "Shows limits and usage, and changes limits for a time.")
final class QuotaCommand {

    @Command(description = "Shows each limit, what is used of it and when it resets.")
    void show(@Mixin Connection connection, @Mixin Output output, @Mixin Owner owner) {
        output.one(connection.get(As.TENANT, tenants(owner.of(connection)) + "/limits"));
    }

    @Command(description = "Shows the runs of each day.")
    void history(
            @Mixin Connection connection,
            @Mixin Output output,
            @Mixin Owner owner,
            @Option(names = "--days", defaultValue = "30", description = "1 to 366 (default: 30)")
                    int days) {
        output.list(
                connection.get(
                        As.TENANT, tenants(owner.of(connection)) + "/usage/history?days=" + days),
                "days",
                "usage_date",
                "pipelines_run_today",
                "pipelines_succeeded_today",
                "pipelines_failed_today",
                "pipelines_cancelled_today",
                "pipelines_run_month",
                "max_concurrent_reached");
    }

    @Command(description = "Sets other limits until a time, with the operator's key.")
    void override(
            @Mixin Connection connection,
            @Mixin Output output,
            @Parameters(paramLabel = "TENANT", description = "its id") String tenant,
            @Option(names = "--until", required = true, description = "an instant, with Z")
                    String until,
            @Option(names = "--reason", required = true, description = "kept for the record")
                    String reason,
            @Option(names = "--daily", description = "runs a day") @Nullable Integer daily,
            @Option(names = "--monthly", description = "runs a month") @Nullable Integer monthly,
            @Option(names = "--concurrent", description = "runs at once")
                    @Nullable Integer concurrent) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("expires_at", until);
        body.put("reason", reason);
        put(body, "daily_limit", daily);
        put(body, "monthly_limit", monthly);
        put(body, "concurrent_limit", concurrent);
        output.one(connection.put(As.OPERATOR, overrides(tenant), body));
    }

    private static void put(Map<String, Object> body, String name, @Nullable Integer value) {
        if (value != null) {
            body.put(name, value);
        }
    }

    @Command(name = "end-override", description = "Takes them back before their time.")
    void endOverride(
            @Mixin Connection connection,
            @Mixin Output output,
            @Parameters(paramLabel = "TENANT", description = "its id") String tenant) {
        output.one(connection.delete(As.OPERATOR, overrides(tenant)));
    }

    @Command(description = "Sets today's counters of all tenants to zero, with the operator's key.")
    void reset(@Mixin Connection connection, @Mixin Output output) {
        output.one(connection.post(As.OPERATOR, "/scheduler/reset-daily-quotas", null));
    }

    private static String tenants(String tenant) {
        return "/tenants/" + tenant;
    }

    private static String overrides(String tenant) {
        return tenants(Connection.encoded(tenant)) + "/limits/overrides";
    }
}
