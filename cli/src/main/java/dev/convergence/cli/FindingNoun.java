package dev.convergence.cli;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// What security and compliance tools found.
@Command(name = "finding", description = "Shows security findings and policy states.")
final class FindingNoun extends Noun {

    @Command(
            description = "Lists findings.",
            footer = {
                "",
                "Example:",
                "  convergence finding list --severity CRITICAL --change NEW"
            })
    void list(
            @Mixin Page page,
            @Option(
                            names = "--severity",
                            paramLabel = "SEVERITY",
                            description = "Of a severity, such as CRITICAL or HIGH.")
                    @Nullable String severity,
            @Option(
                            names = "--state",
                            paramLabel = "STATE",
                            description = "Of a state: OPEN, RESOLVED, MUTED or EXEMPT.")
                    @Nullable String state,
            @Option(
                            names = "--provider",
                            paramLabel = "PROVIDER",
                            description = "Of a provider, such as gcp or azure.")
                    @Nullable String provider,
            @Option(
                            names = "--change",
                            paramLabel = "CHANGE",
                            description = "Since the snapshot before, such as NEW or REOPENED.")
                    @Nullable String change) {
        list(
                As.EITHER,
                Route.of("/tenants/{}/findings", tenant()),
                page.with("severity", severity)
                        .with("state", state)
                        .with("provider", provider)
                        .with("change", change),
                "findings",
                "finding_id",
                "severity",
                "state",
                "change",
                "rule_id",
                "resource_id");
    }
}
