package dev.convergence.steps.duckdb;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.Properties;

/// What the staging database of one run may take of the machine.
///
/// DuckDB alone would take four fifths of the memory and every processor for each of the runs that
/// work side by side; beyond its share it goes to the disk, and that is bounded as well.
final class StagingLimits {

    private static final long MEBIBYTE = 1L << 20;
    private static final long MEMORY_MIN = 256 * MEBIBYTE;
    private static final long MEMORY_MAX = 4096 * MEBIBYTE;
    private static final int RUNS_PER_PROCESSOR = 4;
    private static final int THREADS = 2;
    private static final String DISK_MAX = "16GiB";

    private StagingLimits() {}

    static Properties of(Path place) {
        Properties limits = new Properties();
        limits.setProperty("memory_limit", memoryBytes() / MEBIBYTE + "MiB");
        limits.setProperty("threads", String.valueOf(THREADS));
        limits.setProperty("temp_directory", place + ".temp");
        limits.setProperty("max_temp_directory_size", DISK_MAX);
        return limits;
    }

    /// A share of half the machine's memory: the other half is for the heap and the database.
    static long memoryBytes() {
        var machine = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
        long runs = (long) RUNS_PER_PROCESSOR * Runtime.getRuntime().availableProcessors();
        return Math.clamp(machine.getTotalMemorySize() / 2 / runs, MEMORY_MIN, MEMORY_MAX);
    }
}
