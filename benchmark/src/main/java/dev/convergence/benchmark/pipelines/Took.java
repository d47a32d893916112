package dev.convergence.benchmark.pipelines;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;

/// What something took: seconds on the clock, and seconds of this process on all processors.
///
/// The second hardly changes when others work on the same machine, so it is what can be compared
/// there.
record Took(double seconds, double processorSeconds) {

    static final Took NOTHING = new Took(0, 0);

    private static final OperatingSystemMXBean SYSTEM =
            ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);

    static Took until(Work work) throws Exception {
        long began = System.nanoTime();
        long had = SYSTEM.getProcessCpuTime();
        work.run();
        return new Took(
                (System.nanoTime() - began) * 1e-9, (SYSTEM.getProcessCpuTime() - had) * 1e-9);
    }

    Took plus(Took other) {
        return new Took(seconds + other.seconds, processorSeconds + other.processorSeconds);
    }

    /// What is measured.
    interface Work {
        void run() throws Exception;
    }
}
