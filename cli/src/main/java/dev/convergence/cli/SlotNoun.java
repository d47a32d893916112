package dev.convergence.cli;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// The ledger: what became of each due instant.
@Command(name = "slot", description = "Shows what became of each due instant.")
final class SlotNoun extends Noun {

    @Command(
            description = "Lists due instants, the latest first.",
            footer = {"", "Example:", "  convergence slot list --outcome SKIPPED_MISSED --all"})
    void list(
            @Mixin Page page,
            @Option(
                            names = "--config",
                            paramLabel = "CONFIG",
                            description = "Of one pipeline, by its id or name.")
                    @Nullable String config,
            @Option(
                            names = "--outcome",
                            paramLabel = "OUTCOME",
                            description = "Such as FIRED or SKIPPED_MISSED.")
                    @Nullable String outcome,
            @Option(names = "--from", paramLabel = "TIME", description = "From a time or day on.")
                    @Nullable String from,
            @Option(names = "--to", paramLabel = "TIME", description = "Before a time or day.")
                    @Nullable String to) {
        String id = config == null ? null : new Configs(session()).id(config);
        list(
                As.EITHER,
                Route.of("/tenants/{}/slots", tenant()),
                page.with("config_id", id)
                        .with("outcome", outcome)
                        .with("from", from)
                        .with("to", to),
                "slots",
                "due_at",
                "config_id",
                "outcome",
                "run_id",
                "effective_at",
                "reason");
    }
}
