package dev.convergence.service.config;

import dev.convergence.steps.mail.MailServer;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Everything that an operator set, read and checked once at start.
///
/// @param database null: the installation's own PostgreSQL below the data directory
/// @param otel the variables of OpenTelemetry, which reads them itself
/// @param isLogJson whether log lines are JSON
/// @param mail null: the installation has no mail server
public record Settings(
        @Nullable DatabaseAddress database,
        Keys keys,
        Execution execution,
        Doors doors,
        Storage storage,
        Keeping keeping,
        ModelVendors models,
        @Nullable MailServer mail,
        boolean isLogJson,
        Map<String, String> otel) {

    /// Reads the file first, then the environment, which wins.
    ///
    /// @throws SettingsRefused with all that is wrong
    public static Settings read(
            Map<String, String> environment, @Nullable Path file, Path dataDirectory) {
        GivenValues given = new GivenValues();
        if (file != null) {
            given.takeFile(SettingsFile.read(file));
        }
        given.takeEnvironment(environment);
        Settings settings =
                new Settings(
                        given.read(Variable.DATABASE_URL, DatabaseUrl::parse),
                        Keys.read(given),
                        Execution.read(given),
                        Doors.read(given),
                        Storage.read(given, dataDirectory),
                        Keeping.read(given),
                        ModelVendors.read(given),
                        given.read(Variable.SMTP_URL, SmtpUrl::parse),
                        given.readOr(Variable.CONVERGENCE_LOG_FORMAT, Values::isJson, false),
                        otel(environment));
        given.throwIfRefused();
        return settings;
    }

    /// The same settings with keys that were found or made elsewhere.
    public Settings withKeys(Keys found) {
        return new Settings(
                database, found, execution, doors, storage, keeping, models, mail, isLogJson, otel);
    }

    private static Map<String, String> otel(Map<String, String> environment) {
        return environment.entrySet().stream()
                .filter(entry -> entry.getKey().startsWith("OTEL_") && !entry.getValue().isBlank())
                .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    public boolean embedded() {
        return database == null;
    }
}
