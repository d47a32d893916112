package dev.convergence.benchmark.pipelines;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/// The most memory that this process has held at once, heap and DuckDB together, as Linux counts
/// it; it can be told to forget.
final class PeakMemory {

    private static final Path STATUS = Path.of("/proc/self/status");
    private static final Path FORGET = Path.of("/proc/self/clear_refs");
    private static final String PEAK = "VmHWM:";

    private PeakMemory() {}

    static void forget() {
        System.gc();
        try {
            Files.writeString(FORGET, "5");
        } catch (IOException notAllowed) {
            // Then the peak of the whole process stands, which is not less.
        }
    }

    /// Mebibytes; -1 where the system does not say.
    static long mebibytes() {
        try (Stream<String> lines = Files.lines(STATUS)) {
            return lines.filter(line -> line.startsWith(PEAK))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) >> 10)
                    .findFirst()
                    .orElse(-1);
        } catch (IOException unknown) {
            return -1;
        }
    }
}
