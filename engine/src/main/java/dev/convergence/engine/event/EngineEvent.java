package dev.convergence.engine.event;

import dev.convergence.engine.id.JobId;
import dev.convergence.engine.id.NodeId;
import dev.convergence.engine.id.TenantId;
import java.time.Duration;
import java.time.LocalDate;
import java.util.Map;
import java.util.UUID;

/// What happened on this node, told after it was committed; for counting and for watching.
///
/// Events of one node only, in no promised order: nothing that must be exact may be made of them.
public sealed interface EngineEvent {

    /// An attempt that this node ran has ended, and its end is written.
    ///
    /// @param what the pipeline's id, or the job's type where it is no pipeline
    /// @param state COMPLETED, FAILED, SKIPPED or CANCELLED
    /// @param isRetried whether another attempt is to follow
    record JobEnded(
            TenantId tenant,
            JobId job,
            String what,
            String state,
            Duration duration,
            boolean isRetried)
            implements EngineEvent {

        /// It failed, and is not tried again.
        public boolean isGivenUp() {
            return state.equals("FAILED") && !isRetried;
        }
    }

    /// This node ended an attempt whose claim it had lost meanwhile: nothing was changed by it.
    record LateCompletionRefused(TenantId tenant, JobId job) implements EngineEvent {}

    /// @param count how many jobs the claim brought
    /// @param lanes how many lanes it held meanwhile, one for each tenant
    /// @param duration of the claim, its transaction included
    record ClaimMade(int count, int lanes, Duration duration) implements EngineEvent {}

    /// @param count how many verdicts were written together, refused ones included
    record SettlementWritten(int count, Duration duration) implements EngineEvent {}

    /// This process entered the table of nodes.
    record NodeJoined(NodeId node) implements EngineEvent {}

    /// This node took another one, silent or dead, out of the table. One node tells it of each.
    record NodeLost(NodeId node) implements EngineEvent {}

    /// This node ended work of a lost one.
    ///
    /// @param count how many attempts; several nodes may share a lost one's work
    record WorkRescued(NodeId from, int count) implements EngineEvent {}

    /// This node stopped its own work, because it could not show for too long that it is alive.
    record NodeFenced(NodeId node, Duration silence, int running) implements EngineEvent {}

    /// Others had taken this node for dead; it comes back as a new one.
    record NodeTakenForDead(NodeId node) implements EngineEvent {}

    /// A job became a dead letter: too many nodes died while they ran it.
    record JobGivenUp(TenantId tenant, JobId job) implements EngineEvent {}

    /// This node has sent a webhook, or tried to, and the result is written.
    ///
    /// @param state DELIVERED, FAILED, or PENDING when it is tried again
    /// @param duration of the attempt
    /// @param delay how long after the event it was
    record WebhookSent(TenantId tenant, String state, Duration duration, Duration delay)
            implements EngineEvent {}

    /// This node has sent a notification, or tried to, and the result is written.
    ///
    /// @param channel its channel's type
    /// @param state DELIVERED, FAILED, or PENDING when it is tried again
    record NotificationSent(
            TenantId tenant, String channel, String state, Duration duration, Duration delay)
            implements EngineEvent {}

    /// A node died while it handed a notification over, and nobody knows whether it arrived.
    record NotificationUncertain(UUID delivery) implements EngineEvent {}

    /// How this node learns of work from others has changed, or was found out for the first time.
    record ListenerModeChanged(WakeUp mode) implements EngineEvent {}

    /// A run that somebody asked for was refused.
    ///
    /// @param code DAILY_QUOTA_EXCEEDED, MONTHLY_QUOTA_EXCEEDED or CONCURRENT_LIMIT_EXCEEDED
    record RunRefused(TenantId tenant, String code) implements EngineEvent {}

    /// A tenant has used 80 % of its runs of the day or the month, or was refused one. One node
    /// tells each once a UTC day.
    ///
    /// @param isExceeded whether a run was refused; else it is the warning before
    record QuotaAlarm(TenantId tenant, LocalDate day, boolean isExceeded, Used today, Used month)
            implements EngineEvent {

        /// @param runs used, of so many
        public record Used(int runs, int limit) {}
    }

    /// Quality rules were asked about what a run of this node had loaded, and the results are
    /// written.
    record QualityChecked(TenantId tenant, JobId job, int passed, int failed)
            implements EngineEvent {}

    /// The scheduler decided a batch of due instants.
    ///
    /// @param outcomes how many of each outcome, by its name
    /// @param lag how late the oldest of them was
    record BatchFired(Map<String, Integer> outcomes, Duration lag) implements EngineEvent {

        public BatchFired {
            outcomes = Map.copyOf(outcomes);
        }
    }

    /// Instants were written down that did not fire because nobody looked, or because their config
    /// was halted.
    ///
    /// @param outcomes how many of each outcome, by its name
    record SlotsRecorded(Map<String, Integer> outcomes) implements EngineEvent {

        public SlotsRecorded {
            outcomes = Map.copyOf(outcomes);
        }
    }
}
