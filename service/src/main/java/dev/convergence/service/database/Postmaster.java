package dev.convergence.service.database;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// The server that `postmaster.pid` tells of: its process, and the port it listens on, 0 while it
/// has none yet.
record Postmaster(long pid, int port) {

    private static final int PID_LINE = 0;
    private static final int PORT_LINE = 3;

    /// The living server of the data, if there is one.
    ///
    /// After a crash of the machine the file is still there and its number may belong to another
    /// program by now; PostgreSQL would refuse to start then, so such a file is removed. Nobody
    /// else can be starting a server meanwhile: we hold the lock of the data directory.
    static Optional<Postmaster> find(Path cluster) throws IOException {
        Optional<Postmaster> told = read(cluster);
        if (told.isPresent() && !told.get().serves(cluster)) {
            Files.deleteIfExists(file(cluster));
            return Optional.empty();
        }
        return told;
    }

    private static Path file(Path cluster) {
        return cluster.resolve("postmaster.pid");
    }

    private static Optional<Postmaster> read(Path cluster) throws IOException {
        try {
            List<String> lines = Files.readAllLines(file(cluster));
            return lines.isEmpty() ? Optional.empty() : Optional.of(parse(lines));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    private static Postmaster parse(List<String> lines) {
        return new Postmaster(
                Long.parseLong(lines.get(PID_LINE).strip()),
                lines.size() > PORT_LINE ? Integer.parseInt(lines.get(PORT_LINE).strip()) : 0);
    }

    /// What cannot be seen counts as a server: better to refuse than to start a second one on the
    /// same data.
    private boolean serves(Path cluster) {
        return ProcessHandle.of(pid)
                .filter(ProcessHandle::isAlive)
                .filter(process -> !isZombie())
                .map(process -> process.info().command().orElse("postgres"))
                .filter(program -> program.contains("postgres") && worksIn(cluster))
                .isPresent();
    }

    private boolean isZombie() {
        try {
            String status = Files.readString(Path.of("/proc/" + pid + "/stat"));
            return status.substring(status.lastIndexOf(')')).startsWith(") Z");
        } catch (IOException e) {
            return false;
        }
    }

    /// PostgreSQL works in its data folder; another installation's server works in another.
    private boolean worksIn(Path cluster) {
        try {
            return Files.isSameFile(Path.of("/proc/" + pid + "/cwd"), cluster);
        } catch (IOException e) {
            return true;
        }
    }
}
