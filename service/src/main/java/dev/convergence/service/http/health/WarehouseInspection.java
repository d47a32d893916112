package dev.convergence.service.http.health;

import dev.convergence.service.http.health.Inspection.Found;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;

/// Whether DuckDB, in which tenants' data lies, works on this machine without asking the network
/// for anything.
///
/// @param folder where the tenants' files lie
public record WarehouseInspection(Path folder) {

    private static final String MEND_LIBRARY =
            "DuckDB has a library for Linux with glibc, macOS and Windows on x86-64 and ARM64. It is"
                    + " unpacked into the folder for temporary files: let the server write there, on"
                    + " a file system without noexec, or name another: JAVA_TOOL_OPTIONS=-Djava.io.tmpdir=DIR";

    public Inspection one() {
        return new Inspection("warehouse", this::works);
    }

    private Found works() throws IOException {
        Path nearest = nearest(folder);
        if (!Files.isWritable(nearest)) {
            return Found.fail(
                    nearest + " cannot be written",
                    "Let the server's user write there: chmod u+rwx " + nearest);
        }
        Path scratch = Files.createTempDirectory("convergence-doctor");
        Path parquet = scratch.resolve("probe.parquet");
        try (Connection duckdb = DriverManager.getConnection("jdbc:duckdb:", offline())) {
            return extensions(duckdb, parquet);
        } catch (SQLException | LinkageError unloadable) {
            return Found.fail("DuckDB's library cannot be loaded here", MEND_LIBRARY);
        } finally {
            Files.deleteIfExists(parquet);
            Files.delete(scratch);
        }
    }

    /// The folder itself is made with the first file in it.
    private static Path nearest(Path folder) {
        Path at = folder.toAbsolutePath();
        while (!Files.isDirectory(at) && at.getParent() != null) {
            at = at.getParent();
        }
        return at;
    }

    private static Properties offline() {
        Properties settings = new Properties();
        settings.setProperty("autoinstall_known_extensions", "false");
        return settings;
    }

    private static Found extensions(Connection duckdb, Path parquet) {
        List<String> missing = new ArrayList<>();
        probes(parquet)
                .forEach((extension, sql) -> {
                    if (!runs(duckdb, sql)) {
                        missing.add(extension);
                    }
                });
        return missing.isEmpty()
                ? Found.ok("DuckDB works, with " + String.join(", ", probes(parquet).keySet()))
                : Found.fail(
                        "DuckDB lacks " + String.join(", ", missing),
                        "Use the DuckDB library that comes with this program: it holds them, and"
                                + " nothing is fetched from the network.");
    }

    /// By each extension that pipelines need, what works only with it.
    private static Map<String, String> probes(Path parquet) {
        Map<String, String> probes = new LinkedHashMap<>();
        probes.put("json", "SELECT json_extract_string('{\"a\": \"b\"}', '$.a')");
        probes.put(
                "parquet",
                "COPY (SELECT 1 AS one) TO '%s' (FORMAT parquet)"
                        .formatted(parquet.toString().replace("'", "''")));
        probes.put("icu", "SELECT timezone('Europe/Berlin', TIMESTAMPTZ '2026-01-01 00:00:00+00')");
        return probes;
    }

    private static boolean runs(Connection duckdb, String sql) {
        try (Statement statement = duckdb.createStatement()) {
            statement.execute(sql);
            return true;
        } catch (SQLException unknown) {
            return false;
        }
    }
}
