package dev.convergence.cli;

import java.nio.file.Path;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/// The options that every command takes.
final class Shared {

    enum Format {
        TABLE,
        JSON,
        YAML,
        CSV;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    @Option(
            names = "--context",
            paramLabel = "NAME",
            scope = ScopeType.INHERIT,
            description = "The context to use; else CONVERGENCE_CONTEXT, else the current one.")
    @Nullable String context;

    @Option(
            names = "--server",
            paramLabel = "URL",
            scope = ScopeType.INHERIT,
            description =
                    "The server's address; else CONVERGENCE_SERVER, else the context's, else http://localhost:8080.")
    @Nullable String server;

    @Option(
            names = {"-t", "--tenant"},
            paramLabel = "TENANT",
            scope = ScopeType.INHERIT,
            description =
                    "Whose things; else CONVERGENCE_TENANT, else the key's, else the context's.")
    @Nullable String tenant;

    @Option(
            names = {"--key-file", "--api-key-file"},
            paramLabel = "FILE",
            scope = ScopeType.INHERIT,
            description =
                    "File with the tenant's key; else CONVERGENCE_API_KEY, else the context's.")
    @Nullable Path keyFile;

    @Option(
            names = "--admin-key-file",
            paramLabel = "FILE",
            scope = ScopeType.INHERIT,
            description = "File with the operator's key; else ADMIN_API_KEY, else the context's.")
    @Nullable Path adminKeyFile;

    @Option(
            names = "--key-stdin",
            scope = ScopeType.INHERIT,
            description = "Reads the tenant's key from the first line of stdin.")
    boolean keyStdin;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FORMAT",
            scope = ScopeType.INHERIT,
            defaultValue = "table",
            description = "table, json (the server's own answer), yaml or csv (default: table).")
    Format format = Format.TABLE;

    @Option(
            names = {"-y", "--yes"},
            scope = ScopeType.INHERIT,
            description = "Does what destroys something without asking.")
    boolean yes;

    @Option(
            names = {"-q", "--quiet"},
            scope = ScopeType.INHERIT,
            description = "Says nothing on stderr but errors.")
    boolean quiet;

    @Option(
            names = "--debug",
            scope = ScopeType.INHERIT,
            description = "Shows each request on stderr: method, address, status, time, id.")
    boolean debug;
}
