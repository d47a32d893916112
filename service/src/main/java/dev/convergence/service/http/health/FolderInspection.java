package dev.convergence.service.http.health;

import dev.convergence.service.http.health.Inspection.Found;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// What there is to know of the folders that this node uses.
public record FolderInspection(Path data, Path landing) {

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

    private Found landingZones() {
        if (!Files.isDirectory(landing)) {
            return Found.warn(
                    "there is no " + landing,
                    "Make it, and a folder in it for each tenant: " + landing + "/TENANT/");
        }
        return Files.isReadable(landing) && Files.isExecutable(landing)
                ? Found.ok(landing + " can be read")
                : Found.fail(
                        landing + " cannot be read",
                        "Let the server's user read it: chmod -R u+rX " + landing);
    }
}
