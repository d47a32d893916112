package dev.convergence.cli;

import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// A tenant's API keys.
@Command(name = "key", description = "Issues, lists, rotates and revokes a tenant's keys.")
final class KeyNoun extends Noun {

    private static final String ONE = "/tenants/{}/api-keys/{}";

    @Command(
            description = "Issues a key and shows it, once.",
            footer = {
                "",
                "Example:",
                "  convergence key create dashboard --scope pipelines:read --days 90"
            })
    void create(
            @Parameters(paramLabel = "NAME", description = "What the key is for.") String name,
            @Option(
                            names = "--scope",
                            paramLabel = "SCOPE",
                            description =
                                    "pipelines:read, pipelines:write, pipelines:execute or *; else all.")
                    @Nullable List<String> scopes,
            @Option(
                            names = "--days",
                            paramLabel = "N",
                            description = "Expires after so many days; else never.")
                    @Nullable Integer days) {
        Body body =
                new Body()
                        .with("key_name", name)
                        .with("scopes", scopes)
                        .with("expires_in_days", days);
        post(As.EITHER, Route.of("/tenants/{}/api-keys", tenant()), body);
    }

    @Command(description = "Lists the keys, without their secrets, the newest first.")
    void list(@Mixin Page page) {
        list(
                As.EITHER,
                Route.of("/tenants/{}/api-keys", tenant()),
                page,
                "api_keys",
                "api_key_id",
                "key_name",
                "scopes",
                "is_active",
                "expires_at",
                "last_used_at");
    }

    @Command(description = "Revokes a key; it is refused from now on.")
    void revoke(
            @Parameters(paramLabel = "KEY", description = "Its id.") String key,
            @Option(names = "--reason", paramLabel = "TEXT", description = "Kept for the record.")
                    @Nullable String reason) {
        session().confirm("Revoke key " + key + "?");
        post(
                As.EITHER,
                Route.of(ONE + "/revoke", tenant(), key),
                new Body().with("reason", reason));
    }

    @Command(description = "Replaces a key and shows the new one, once; the old one stops.")
    void rotate(@Parameters(paramLabel = "KEY", description = "Its id.") String key) {
        session().confirm("Rotate key " + key + "? The old one stops at once.");
        post(As.EITHER, Route.of(ONE + "/rotate", tenant(), key));
    }
}
