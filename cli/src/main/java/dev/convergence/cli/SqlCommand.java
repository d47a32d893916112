package dev.convergence.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// A SELECT on a tenant's own data.
@Command(
        name = "sql",
        description = "Runs one SELECT on a tenant's own data.",
        footer = {
            "",
            "Examples:",
            "  convergence sql \"SELECT ServiceName, sum(BilledCost) FROM focus_1_2 GROUP BY 1\" -o csv",
            "  convergence sql -f report.sql",
            "  echo 'SELECT 1' | convergence sql"
        })
final class SqlCommand extends Noun implements Runnable {

    @Mixin private final Select select = new Select();

    @Override
    public void run() {
        select.run(session());
    }
}
