package dev.convergence.engine.recovery;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A process as the node table knows it: where it runs, its number there, and when it began.
///
/// @param host machine, boot and process name space: only inside one of these do process numbers
///   compare
public record ThisProcess(String host, long pid, @Nullable Instant startedAt) {

    private static final Duration START_TOLERANCE = Duration.ofSeconds(10);
    private static final Path BOOT = Path.of("/proc/sys/kernel/random/boot_id");
    private static final Path NAME_SPACE = Path.of("/proc/self/ns/pid");

    public static ThisProcess current() {
        ProcessHandle process = ProcessHandle.current();
        return new ThisProcess(
                hostName(), process.pid(), process.info().startInstant().orElse(null));
    }

    /// Whether a process is known to be dead; false when nobody here can know.
    ///
    /// This spares the wait for a lease after a kill -9 on the same machine.
    static boolean isDead(String host, long pid, @Nullable Instant startedAt) {
        if (!host.equals(hostName())) {
            return false;
        }
        Optional<ProcessHandle> process = ProcessHandle.of(pid).filter(ProcessHandle::isAlive);
        return process.isEmpty()
                || process.get()
                        .info()
                        .startInstant()
                        .filter(s -> isAnother(s, startedAt))
                        .isPresent();
    }

    /// Processes derive their start from a boot time that may be told a second apart, so only a
    /// real difference shows that the number belongs to another process now.
    private static boolean isAnother(Instant found, @Nullable Instant known) {
        return known != null && Duration.between(known, found).abs().compareTo(START_TOLERANCE) > 0;
    }

    private static String hostName() {
        return name() + "/" + read(BOOT) + "/" + nameSpace();
    }

    private static String name() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException unnamed) {
            return "localhost";
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file).strip();
        } catch (IOException otherSystem) {
            return "";
        }
    }

    private static String nameSpace() {
        try {
            return Files.readSymbolicLink(NAME_SPACE).toString();
        } catch (IOException otherSystem) {
            return "";
        }
    }
}
