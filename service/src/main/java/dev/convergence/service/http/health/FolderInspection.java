package dev.convergence.service.http.health;

import dev.convergence.service.http.health.Inspection.Found;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/// What there is to know of the folders that this node uses.
public record FolderInspection(Path data, Path landing) {

    private static final int ZONES_MAX = 10_000;
    private static final long MIB = 1024L * 1024;
    private static final long SPACE_NEEDED = 512 * MIB;
    private static final long SPACE_GOOD = 4096 * MIB;

    public List<Inspection> all() {
        return List.of(
                new Inspection("server disk", this::space),
                new Inspection("landing zones", this::landingZones));
    }

    private Found space() throws IOException {
        long free = Files.getFileStore(data).getUsableSpace();
        String found = free / MIB + " MiB free at " + data;
        String mend = "Free some space, or shorten CONVERGENCE_RETENTION_RUNS.";
        if (free < SPACE_NEEDED) {
            return Found.fail(found, mend);
        }
        return free < SPACE_GOOD ? Found.warn(found, mend) : Found.ok(found);
    }

    private Found landingZones() throws IOException {
        if (!Files.isDirectory(landing)) {
            return Found.warn(
                    "there is no " + landing,
                    "Make it, and a folder in it for each tenant: " + landing + "/TENANT/");
        }
        if (!isOpen(landing)) {
            return shut(landing);
        }
        try (Stream<Path> zones = Files.list(landing)) {
            return zones.limit(ZONES_MAX)
                    .filter(Files::isDirectory)
                    .filter(zone -> !isOpen(zone))
                    .findFirst()
                    .map(FolderInspection::shut)
                    .orElseGet(() -> Found.ok(landing + " and the tenants' folders can be read"));
        }
    }

    private static boolean isOpen(Path folder) {
        return Files.isReadable(folder) && Files.isExecutable(folder);
    }

    private static Found shut(Path folder) {
        return Found.fail(
                folder + " cannot be read",
                "Let the server's user read it: chmod -R u+rX " + folder);
    }
}
