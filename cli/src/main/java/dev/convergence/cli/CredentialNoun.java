package dev.convergence.cli;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Sealed secrets with which runs reach other systems.
@Command(name = "credential", description = "Stores, lists, checks and deletes credentials.")
final class CredentialNoun extends Noun {

    private static final String ONE = "/tenants/{}/credentials/{}";

    @Command(
            description = "Stores a credential; its secrets are read from a file, or stdin.",
            footer = {
                "",
                "Example:",
                "  convergence credential create GCP --secrets-file service-account.json"
            })
    void create(
            @Parameters(
                            paramLabel = "PROVIDER",
                            description = "GCP, AWS, AZURE, OCI, OPENAI or CLAUDE.")
                    String provider,
            @Option(
                            names = "--secrets-file",
                            paramLabel = "FILE",
                            required = true,
                            description = "A JSON or YAML object; - is stdin.")
                    String secrets,
            @Option(
                            names = "--name",
                            paramLabel = "NAME",
                            description = "Its name (default: default).")
                    @Nullable String name,
            @Option(
                            names = "--type",
                            paramLabel = "TYPE",
                            description = "Such as SERVICE_ACCOUNT or API_KEY.")
                    @Nullable String type,
            @Option(names = "--description", paramLabel = "TEXT", description = "For people.")
                    @Nullable String description) {
        Body body =
                new Body()
                        .with("provider", provider)
                        .with("credential_name", name)
                        .with("credential_type", type)
                        .with("description", description)
                        .with("credentials", Yaml.read(secrets, session().machine()));
        post(As.TENANT, Route.of("/tenants/{}/credentials", tenant()), body);
    }

    @Command(description = "Lists the credentials, without their secrets.")
    void list(@Mixin Page page) {
        list(
                As.TENANT,
                Route.of("/tenants/{}/credentials", tenant()),
                page,
                "credentials",
                "credential_id",
                "provider",
                "credential_name",
                "credential_type",
                "validation_status",
                "is_active");
    }

    @Command(description = "Shows a credential, without its secrets.")
    void show(@Parameters(paramLabel = "CREDENTIAL", description = "Its id.") String id) {
        show(As.TENANT, Route.of(ONE, tenant(), id));
    }

    @Command(description = "Changes a credential's secrets or description, or switches it.")
    void update(
            @Parameters(paramLabel = "CREDENTIAL", description = "Its id.") String id,
            @Option(
                            names = "--secrets-file",
                            paramLabel = "FILE",
                            description = "A JSON or YAML object; - is stdin.")
                    @Nullable String secrets,
            @Option(names = "--description", paramLabel = "TEXT", description = "For people.")
                    @Nullable String description,
            @Option(
                            names = "--active",
                            arity = "1",
                            paramLabel = "BOOL",
                            description = "true or false.")
                    @Nullable Boolean active) {
        Body body =
                new Body()
                        .with("description", description)
                        .with("is_active", active)
                        .with(
                                "credentials",
                                secrets == null ? null : Yaml.read(secrets, session().machine()));
        send(As.TENANT, "PUT", Route.of(ONE, tenant(), id), body);
    }

    @Command(description = "Looks whether all fields are there that its type needs.")
    void validate(@Parameters(paramLabel = "CREDENTIAL", description = "Its id.") String id) {
        post(As.TENANT, Route.of(ONE + "/validate", tenant(), id));
    }

    @Command(description = "Deletes a credential for good.")
    void delete(@Parameters(paramLabel = "CREDENTIAL", description = "Its id.") String id) {
        session().confirm("Delete credential " + id + "?");
        delete(As.TENANT, Route.of(ONE, tenant(), id));
    }
}
