package dev.convergence.service.config;

import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// Where bills are read from and results are kept.
///
/// @param landing the only folder that tenants' pipelines can read from
/// @param templates a folder whose templates override or add to the bundled ones
/// @param focusModel the rule model of FOCUS that loads are held against
public record Storage(
        Path warehouse, Path landing, @Nullable Path templates, @Nullable Path focusModel) {

    static Storage read(GivenValues given, Path dataDirectory) {
        given.read(Variable.CONVERGENCE_WAREHOUSE, Storage::onlyDuckDb);
        return new Storage(
                dataDirectory.resolve("warehouse"),
                given.readOr(
                        Variable.CONVERGENCE_LANDING_DIR,
                        Values::path,
                        dataDirectory.resolve("landing")),
                given.read(Variable.CONVERGENCE_TEMPLATE_DIR, Storage::existingFolder),
                given.read(Variable.CONVERGENCE_FOCUS_MODEL, Storage::existingFile));
    }

    private static String onlyDuckDb(String text) {
        String warehouse = Values.oneOf(text, "duckdb", "bigquery");
        if (warehouse.equals("bigquery")) {
            throw new UnreadableValue("This build has no BigQuery; write duckdb or leave it out.");
        }
        return warehouse;
    }

    private static Path existingFile(String text) {
        Path file = Values.path(text);
        if (!Files.isRegularFile(file)) {
            throw new UnreadableValue("There is no file " + file + ".");
        }
        return file;
    }

    private static Path existingFolder(String text) {
        Path folder = Values.path(text);
        if (!Files.isDirectory(folder)) {
            throw new UnreadableValue("There is no folder " + folder + ".");
        }
        return folder;
    }
}
