package dev.convergence.cli;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// What a tenant's loaded bills come to.
@Command(name = "cost", description = "Shows what the loaded bills come to.")
final class CostNoun extends Noun {

    @Command(description = "Shows the totals of a time, by currency.")
    void summary(@Mixin Days days) {
        show(As.EITHER, costs("summary") + days.query());
    }

    @Command(
            description = "Shows costs by day or month.",
            footer = {"", "Example:", "  convergence cost trend --from 2026-10-01 --all -o csv"})
    void trend(
            @Mixin Page page,
            @Mixin Days days,
            @Option(
                            names = "--granularity",
                            paramLabel = "UNIT",
                            description = "The unit, day or month (default: day).")
                    @Nullable String granularity) {
        list(
                As.EITHER,
                costs("trend"),
                days.in(page).with("granularity", granularity),
                "points",
                "date",
                "currency",
                "billed_cost",
                "effective_cost",
                "rows");
    }

    @Command(
            description = "Shows costs by a dimension, the highest first.",
            footer = {"", "Example:", "  convergence cost by tag --tag-key team"})
    void by(
            @Parameters(
                            paramLabel = "DIMENSION",
                            description = "One of provider, service, sub_account, region, tag.")
                    String dimension,
            @Mixin Page page,
            @Mixin Days days,
            @Option(
                            names = "--tag-key",
                            paramLabel = "KEY",
                            description = "The tag whose values are compared.")
                    @Nullable String tag) {
        list(
                As.EITHER,
                costs("by/" + Route.encoded(dimension)),
                days.in(page).with("tag_key", tag),
                "costs",
                "key",
                "currency",
                "billed_cost",
                "effective_cost",
                "rows");
    }

    @Command(description = "Shows what the month comes to if its days go on like those before.")
    void forecast(@Mixin Days days) {
        show(As.EITHER, costs("forecast") + days.query());
    }

    private String costs(String what) {
        return Route.of("/tenants/{}/costs/", tenant()) + what;
    }
}
