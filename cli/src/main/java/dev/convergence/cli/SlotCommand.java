package dev.convergence.cli;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// The ledger: what became of each due instant.
@Command(name = "slot", description = "Shows what became of each due instant.")
final class SlotCommand {

    @Command(description = "Lists due instants, the latest first.")
    void list(
            @Mixin Connection connection,
            @Mixin Output output,
            @Mixin Owner owner,
            @Mixin Page page,
            @Option(names = "--config", description = "of one config") @Nullable String config,
            @Option(names = "--outcome", description = "such as FIRED or SKIPPED_MISSED")
                    @Nullable String outcome,
            @Option(names = "--from", description = "from a time or day on") @Nullable String from,
            @Option(names = "--to", description = "before a time or day") @Nullable String to) {
        String path = "/tenants/" + owner.of(connection) + "/slots" + page.query();
        output.list(
                connection.get(
                        As.TENANT,
                        path
                                + filter("config_id", config)
                                + filter("outcome", outcome)
                                + filter("from", from)
                                + filter("to", to)),
                "slots",
                "due_at",
                "config_id",
                "outcome",
                "run_id",
                "effective_at",
                "reason");
    }

    private static String filter(String name, @Nullable String value) {
        return value == null ? "" : "&" + name + "=" + Connection.encoded(value);
    }
}
