package dev.convergence.service.config;

import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;

/// The keys of an installation that keeps everything below its data directory: made on first use,
/// readable by nobody else.
public final class GeneratedKeys {

    private GeneratedKeys() {}

    public static Path adminKeyFile(Path dataDirectory) {
        return dataDirectory.resolve("admin.key");
    }

    /// The given keys where they are given, those of the files for the rest.
    public static Keys complete(Keys given, Path dataDirectory) {
        Path adminFile = adminKeyFile(dataDirectory);
        Path masterFile = dataDirectory.resolve("master.key");
        Secret master = given.master();
        return new Keys(
                given.admin().isEmpty()
                        ? read(adminFile, PrivateFile::randomWord, Values::adminKeys)
                        : given.admin(),
                master == null
                        ? read(masterFile, PrivateFile::randomKey, Values::masterKey)
                        : master,
                given.openOnboarding());
    }

    private static <T> T read(Path file, Supplier<String> made, Function<String, T> reader) {
        try {
            return reader.apply(PrivateFile.readOrCreate(file, made));
        } catch (UnreadableValue e) {
            throw new SettingsRefused(List.of(file + ": " + e.getMessage()));
        }
    }
}
