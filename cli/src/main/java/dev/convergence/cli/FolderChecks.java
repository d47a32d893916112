package dev.convergence.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// What the doctor looks at in a data directory on this machine: access, space, modes of key files.
record FolderChecks(Path folder) {

    private static final List<String> SECRETS = List.of("master.key", "admin.key", "database.url");
    private static final long MIB = 1024L * 1024;
    private static final long SPACE_NEEDED = 512 * MIB;
    private static final long SPACE_GOOD = 4096 * MIB;

    List<Finding> look() {
        if (!Files.isDirectory(folder)) {
            return List.of(
                    Finding.skipped(
                            "data directory",
                            "There is no " + folder + " here.",
                            "Name the server's: --data-dir DIR, on the machine where it runs."));
        }
        List<Finding> findings = new ArrayList<>();
        findings.add(access());
        findings.add(space());
        SECRETS.stream()
                .map(folder::resolve)
                .filter(Files::exists)
                .map(FolderChecks::mode)
                .forEach(findings::add);
        return findings;
    }

    private Finding access() {
        return Files.isWritable(folder)
                ? Finding.ok("data directory", folder + " can be written")
                : Finding.fail(
                        "data directory",
                        folder + " cannot be written by this user.",
                        "Start the server as its owner, or chown -R it.");
    }

    private Finding space() {
        try {
            long free = Files.getFileStore(folder).getUsableSpace();
            String found = free / MIB + " MiB free at " + folder;
            String mend =
                    "Free some space, or move the data directory; old runs go by"
                            + " CONVERGENCE_RETENTION_RUNS.";
            if (free < SPACE_NEEDED) {
                return Finding.fail("disk", found, mend);
            }
            return free < SPACE_GOOD
                    ? Finding.warn("disk", found, mend)
                    : Finding.ok("disk", found);
        } catch (IOException e) {
            return Finding.warn("disk", "Nobody could say how much is free.", "Look with df.");
        }
    }

    private static Finding mode(Path secret) {
        String name = String.valueOf(secret.getFileName());
        return ContextFile.isOpen(secret)
                ? Finding.fail(name, secret + " may be read by others.", "chmod 600 " + secret)
                : Finding.ok(name, secret + " is for its owner only");
    }
}
