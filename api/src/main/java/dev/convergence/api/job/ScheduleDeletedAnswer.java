package dev.convergence.api.job;

/// A schedule that is gone; its jobs stay.
public record ScheduleDeletedAnswer(String scheduleId, boolean deleted) {}
