package dev.convergence.cli;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// Whose things are asked for: the named tenant, else the one that the key belongs to.
final class Owner {

    @Option(names = "--tenant", description = "the tenant; else the one of the key")
    private @Nullable String tenant;

    String of(Connection connection) {
        return Connection.encoded(tenant == null ? connection.ownTenant() : tenant);
    }
}
