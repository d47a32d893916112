package dev.convergence.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// A tenant's own data.
@Command(name = "data", description = "Lists a tenant's tables and asks them.")
final class DataNoun extends Noun {

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

    @Command(description = "Runs one SELECT: another word for sql.")
    void query(@Mixin Select select) {
        select.run(session());
    }
}
