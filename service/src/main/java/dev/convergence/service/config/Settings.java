package dev.convergence.service.config;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Everything that an operator set, read and checked once at start.
///
/// @param database null: the installation's own PostgreSQL below the data directory
/// @param unused variables that were given and that nothing reads yet
public record Settings(
        @Nullable DatabaseAddress database,
        Keys keys,
        Execution execution,
        Doors doors,
        Storage storage,
        Keeping keeping,
        ModelVendors models,
        List<Variable> unused) {

    private static final List<Variable> NOT_READ_YET = List.of(Variable.SMTP_URL);

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
                        unused(given));
        given.throwIfRefused();
        return settings;
    }

    /// The same settings with keys that were found or made elsewhere.
    public Settings withKeys(Keys found) {
        return new Settings(database, found, execution, doors, storage, keeping, models, unused);
    }

    public boolean embedded() {
        return database == null;
    }

    private static List<Variable> unused(GivenValues given) {
        return Stream.of(Variable.values())
                .filter(NOT_READ_YET::contains)
                .filter(given::has)
                .toList();
    }
}
