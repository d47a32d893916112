package dev.convergence.engine.job;

import dev.convergence.engine.id.GroupId;
import dev.convergence.engine.id.ScheduleId;
import dev.convergence.engine.id.TemplateId;
import org.jspecify.annotations.Nullable;

/// What a job belongs to.
///
/// @param kind null for jobs that a program or a pipeline config put in; they have no shown
///   position
/// @param group the group of which it is a member
/// @param sequenceNumber its place in the group, from 0; a retry keeps that of its predecessor
/// @param template the template that its parameters and its retry policy were copied from
/// @param schedule the schedule that made it; a retry has none
/// @param retryKind who had it tried again; null for an original
public record Ties(
        @Nullable JobKind kind,
        @Nullable GroupId group,
        @Nullable Integer sequenceNumber,
        @Nullable TemplateId template,
        @Nullable ScheduleId schedule,
        @Nullable RetryKind retryKind) {

    public static final Ties NONE = new Ties(null, null, null, null, null, null);

    /// Of a job that waits in its tenant's queue for a person.
    public static final Ties QUEUED = new Ties(JobKind.QUEUE, null, null, null, null, null);

    /// Of a job that is executed beside the queue.
    public static final Ties DIRECT = new Ties(JobKind.DIRECT, null, null, null, null, null);

    public Ties group(GroupId id, int number) {
        return new Ties(kind, id, number, template, schedule, retryKind);
    }

    public Ties template(@Nullable TemplateId id) {
        return new Ties(kind, group, sequenceNumber, id, schedule, retryKind);
    }

    public Ties schedule(ScheduleId id) {
        return new Ties(kind, group, sequenceNumber, template, id, retryKind);
    }

    /// Of the engine's own next attempt.
    public Ties retried() {
        return new Ties(kind, group, sequenceNumber, template, null, RetryKind.AUTO);
    }

    /// Of an attempt that a person asked for: it stands alone and reopens no group.
    public Ties retriedByHand() {
        return new Ties(kind, null, null, template, null, RetryKind.MANUAL);
    }

    /// Of work that begins anew after it was given up: its attempts count from the start.
    public Ties redriven() {
        return new Ties(kind, null, null, template, null, null);
    }

    /// Whether people see a position of it and may change its order.
    public boolean isShown() {
        return kind == JobKind.QUEUE;
    }
}
