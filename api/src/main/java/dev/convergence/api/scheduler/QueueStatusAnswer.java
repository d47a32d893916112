package dev.convergence.api.scheduler;

import java.util.Map;

/// How much waits and runs, and how it went today.
public record QueueStatusAnswer(
        long queued,
        long processing,
        long running,
        long completed,
        long failed,
        long total,
        long avgWaitTimeSeconds,
        Map<String, Long> byState) {}
