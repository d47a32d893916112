package dev.convergence.cli;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Who wrote what.
@Command(name = "audit", description = "Shows who changed what.")
final class AuditNoun extends Noun {

    @Command(
            description = "Lists writes, the newest first: a tenant's, or all with --all-tenants.",
            footer = {
                "",
                "Examples:",
                "  convergence audit list --action pipeline-configs.change --from 2026-11-01T00:00:00Z",
                "  convergence audit list --all-tenants --actor admin"
            })
    void list(
            @Mixin Page page,
            @Option(
                            names = "--actor",
                            paramLabel = "ACTOR",
                            description = "By one: key:ID, admin or anyone.")
                    @Nullable String actor,
            @Option(
                            names = "--action",
                            paramLabel = "ACTION",
                            description = "Of one action, such as tenants.suspend.")
                    @Nullable String action,
            @Option(
                            names = "--resource",
                            paramLabel = "RESOURCE",
                            description = "On one kind of thing, such as channels.")
                    @Nullable String resource,
            @Option(
                            names = "--resource-id",
                            paramLabel = "ID",
                            description = "On the thing with this id.")
                    @Nullable String resourceId,
            @Option(
                            names = "--from",
                            paramLabel = "TIME",
                            description = "From an instant on, with Z.")
                    @Nullable String from,
            @Option(names = "--to", paramLabel = "TIME", description = "Before an instant, with Z.")
                    @Nullable String to,
            @Option(
                            names = "--all-tenants",
                            description = "Of all tenants, with the operator's key.")
                    boolean all) {
        list(
                all ? As.OPERATOR : As.EITHER,
                Route.of("/audit"),
                page.with("tenant_id", all ? null : tenant())
                        .with("actor", actor)
                        .with("action", action)
                        .with("resource", resource)
                        .with("resource_id", resourceId)
                        .with("from", from)
                        .with("to", to),
                "entries",
                "at",
                "actor",
                "user_id",
                "action",
                "resource_id",
                "outcome",
                "audit_id");
    }

    @Command(description = "Shows one write, with what the thing was before and after.")
    void show(@Parameters(paramLabel = "ENTRY", description = "Its audit_id.") String entry) {
        show(As.EITHER, Route.of("/audit/{}", entry));
    }
}
