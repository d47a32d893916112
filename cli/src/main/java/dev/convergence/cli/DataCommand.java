package dev.convergence.cli;

import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// A tenant's own data.
@Command(name = "data", description = "Asks a tenant's own data.")
final class DataCommand {

    @Command(description = "Runs one SELECT.")
    void query(
            @Mixin Connection connection,
            @Mixin Output output,
            @Mixin Owner owner,
            @Parameters(paramLabel = "SQL", description = "one SELECT, quoted") String sql,
            @Option(
                            names = "--limit",
                            defaultValue = "1000",
                            description = "at most so many rows (default: 1000)")
                    int limit) {
        String path = "/tenants/" + owner.of(connection) + "/data/query";
        output.query(connection.post(As.TENANT, path, Map.of("sql", sql, "limit", limit)));
    }
}
