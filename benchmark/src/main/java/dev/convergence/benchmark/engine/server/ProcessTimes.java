package dev.convergence.benchmark.engine.server;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/// The processor time of processes, as Linux counts it; 0 on a system that does not tell.
final class ProcessTimes {

    static final double TICKS_PER_SECOND = 100;

    private static final int PARENT = 1;
    private static final int USER_TIME = 11;
    private static final int CHILDREN_SYSTEM_TIME = 14;
    private static final int OWN_TIMES = 2;

    private ProcessTimes() {}

    static boolean areTold() {
        return Files.isReadable(Path.of("/proc/self/stat"));
    }

    /// 0 where it is not told.
    static long parent(long pid) {
        String[] fields = stat(pid);
        return fields.length > PARENT ? Long.parseLong(fields[PARENT]) : 0;
    }

    static long ticks(long pid) {
        return ticks(pid, OWN_TIMES);
    }

    /// The living children's times, and the parent's, which has those of the ended ones.
    static long ticksOfAll(long parent) {
        if (parent <= 0) {
            return 0;
        }
        long ended = ticks(parent, CHILDREN_SYSTEM_TIME - USER_TIME + 1);
        return ended
                + ProcessHandle.of(parent)
                        .map(ProcessHandle::children)
                        .orElse(Stream.empty())
                        .mapToLong(child -> ticks(child.pid()))
                        .sum();
    }

    private static long ticks(long pid, int times) {
        String[] fields = stat(pid);
        long sum = 0;
        for (int i = USER_TIME; i < USER_TIME + times && i < fields.length; i++) {
            sum += Long.parseLong(fields[i]);
        }
        return sum;
    }

    /// The fields after the program's name; empty when there is no such process or no such system.
    private static String[] stat(long pid) {
        try {
            String line = Files.readString(Path.of("/proc/" + pid + "/stat"));
            return line.substring(line.lastIndexOf(')') + 2).split(" ");
        } catch (IOException gone) {
            return new String[0];
        }
    }
}
