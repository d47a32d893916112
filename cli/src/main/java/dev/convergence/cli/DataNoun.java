package dev.convergence.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// A tenant's own data.
@Command(name = "data", description = "Lists a tenant's tables and asks them.")
final class DataNoun extends Noun {

    private static final String[] RUNS = {
        "executed_at", "suite", "table", "status", "passed", "failed", "failed_rules", "run_id"
    };
    private static final String[] RULES = {
        "executed_at", "suite", "table", "rule", "passed", "failed", "run_id"
    };

    @Command(description = "Lists tables and views with their rows.")
    void tables() {
        list(
                As.EITHER,
                Route.of("/tenants/{}/data/tables", tenant()),
                "tables",
                "name",
                "type",
                "rows");
    }

    @Command(description = "Lists how quality suites did in runs, or by rule, the latest first.")
    void quality(
            @Mixin Page page,
            @Option(names = "--by-rule", description = "One line a rule that was broken.")
                    boolean byRule) {
        list(
                As.EITHER,
                Route.of("/tenants/{}/data-quality", tenant()),
                page.with("by", byRule ? "rule" : null),
                "results",
                byRule ? RULES : RUNS);
    }

    @Command(description = "Runs one SELECT: another word for sql.")
    void query(@Mixin Select select) {
        select.run(session());
    }
}
