package dev.convergence.engine.pipeline;

import dev.convergence.engine.error.EngineException;
import dev.convergence.engine.id.ConfigId;
import dev.convergence.engine.id.JobId;
import dev.convergence.engine.id.TenantId;
import dev.convergence.engine.id.TimeOrderedId;
import dev.convergence.engine.slot.Slots;
import dev.convergence.engine.sql.Database;
import dev.convergence.engine.time.CronExpression;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// What one can do with a tenant's pipeline configs.
public final class PipelineConfigs {

    private final Database database;

    public PipelineConfigs(Database database) {
        this.database = database;
    }

    /// What [#create] would make of a draft; keeps nothing.
    public PipelineConfig plan(
            TenantId tenant, ConfigDraft draft, @Nullable String createdBy, Instant now) {
        ConfigRules.checkNew(draft);
        return drafted(tenant, draft, createdBy, now);
    }

    public PipelineConfig create(
            TenantId tenant, ConfigDraft draft, @Nullable String createdBy, Instant now) {
        PipelineConfig config = plan(tenant, draft, createdBy, now);
        database.transact(handle -> ConfigStore.insert(handle, config));
        return config;
    }

    public PipelineConfig find(TenantId tenant, ConfigId id) {
        return database.read(handle -> ConfigStore.find(handle, tenant, id))
                .orElseThrow(() -> unknown(id));
    }

    /// The tenant of a config, for operators who name the config only.
    public Optional<TenantId> owner(ConfigId id) {
        return database.read(handle -> ConfigStore.owner(handle, id));
    }

    public List<PipelineConfig> list(
            TenantId tenant, @Nullable Boolean isActive, @Nullable UUID before, int limit) {
        return database.read(handle -> ConfigStore.list(handle, tenant, isActive, before, limit));
    }

    /// Changes what the draft names; see [Rescheduling] for what that does to its next run. Active
    /// ones whose last two instants or more brought no success, attempts and retries included;
    /// counted up to a number.
    public long withoutSuccess(int max) {
        return database.read(handle -> ConfigStore.withoutSuccess(handle, max));
    }

    public PipelineConfig change(TenantId tenant, ConfigId id, ConfigDraft draft, Instant now) {
        ConfigRules.check(draft);
        return database.inTransaction(handle -> {
            PipelineConfig before =
                    ConfigStore.lock(handle, tenant, id).orElseThrow(() -> unknown(id));
            PipelineConfig wanted = changed(before, draft, now);
            Rescheduling rescheduling = Rescheduling.of(before, wanted, draft, now);
            PipelineConfig after = wanted.at(rescheduling.timing());
            ConfigStore.update(handle, after);
            Slots.leave(handle, rescheduling.gaps(), now);
            return after;
        });
    }

    /// Takes a config out of the schedule for ever; its history stays.
    ///
    /// @return the jobs of it that still wait, for the caller to cancel
    public List<JobId> delete(TenantId tenant, ConfigId id, Instant now) {
        return database.inTransaction(handle -> {
            PipelineConfig config =
                    ConfigStore.lock(handle, tenant, id).orElseThrow(() -> unknown(id));
            Slots.leave(handle, Rescheduling.left(config, now), now);
            ConfigStore.delete(handle, tenant, config.id(), now);
            return ConfigStore.waitingJobs(handle, tenant, id).stream().map(JobId::of).toList();
        });
    }

    private static PipelineConfig drafted(
            TenantId tenant, ConfigDraft draft, @Nullable String createdBy, Instant now) {
        String provider = Objects.requireNonNull(draft.provider());
        String domain = Objects.requireNonNull(draft.domain());
        String template = Objects.requireNonNull(draft.templateName());
        ConfigRules.path(provider, domain, template);
        CronExpression cron = ConfigRules.cron(Objects.requireNonNull(draft.cron()));
        ZoneId zone = ConfigRules.zone(or(draft.timezone(), "UTC"));
        Map<String, @Nullable Object> asked = draft.schedulePolicy();
        SchedulePolicy policy =
                SchedulePolicy.of(
                        asked == null ? Map.of() : PolicyRules.merged(Map.of(), asked, 0, now));
        if (draft.runMissed() != null) {
            throw EngineException.invalidField(
                    "run_missed", "NO_EFFECT", "has an effect when a config is switched on again.");
        }
        ConfigId id = new ConfigId(TimeOrderedId.next(now));
        boolean isActive = or(draft.isActive(), true);
        return new PipelineConfig(
                id,
                tenant,
                provider.toUpperCase(Locale.ROOT),
                domain.toUpperCase(Locale.ROOT),
                template,
                or(
                        draft.pipelineName(),
                        provider.toLowerCase(Locale.ROOT)
                                + "/"
                                + domain.toLowerCase(Locale.ROOT)
                                + "/"
                                + template),
                draft.description(),
                cron.toString(),
                zone,
                isActive,
                or(draft.parameters(), Map.of()),
                or(draft.priority(), PipelineConfig.PRIORITY_DEFAULT),
                or(draft.retry(), Map.of()),
                or(draft.notificationEmails(), List.of()),
                policy,
                Rescheduling.first(
                        policy.cadence(cron, zone),
                        policy.spread(id),
                        draft.nextRunTime(),
                        isActive,
                        now),
                null,
                null,
                0,
                isActive ? null : Halt.PAUSED,
                null,
                createdBy,
                now,
                now);
    }

    private static PipelineConfig changed(PipelineConfig before, ConfigDraft draft, Instant now) {
        String provider = or(draft.provider(), before.provider()).toUpperCase(Locale.ROOT);
        String domain = or(draft.domain(), before.domain()).toUpperCase(Locale.ROOT);
        String template = or(draft.templateName(), before.templateName());
        ConfigRules.path(provider, domain, template);
        CronExpression cron = ConfigRules.cron(or(draft.cron(), before.cron()));
        ZoneId zone = ConfigRules.zone(or(draft.timezone(), before.zone().getId()));
        boolean isActive = or(draft.isActive(), before.isActive());
        SchedulePolicy policy = policy(before, draft, now);
        boolean isSwitchedOn = isActive && !before.isActive();
        if (isSwitchedOn) {
            refuseEnded(policy, before.timing(), now);
        }
        return new PipelineConfig(
                before.id(),
                before.tenant(),
                provider,
                domain,
                template,
                or(draft.pipelineName(), before.pipelineName()),
                draft.description() == null ? before.description() : draft.description(),
                cron.toString(),
                zone,
                isActive,
                or(draft.parameters(), before.parameters()),
                or(draft.priority(), before.priority()),
                or(draft.retry(), before.retry()),
                or(draft.notificationEmails(), before.notificationEmails()),
                policy,
                before.timing(),
                before.lastRunTime(),
                before.lastRunStatus(),
                isSwitchedOn ? 0 : before.failuresInARow(),
                isActive ? null : or(before.halt(), Halt.PAUSED),
                isActive ? null : before.haltReason(),
                before.createdBy(),
                before.createdAt(),
                now);
    }

    private static SchedulePolicy policy(PipelineConfig before, ConfigDraft draft, Instant now) {
        Map<String, @Nullable Object> asked = draft.schedulePolicy();
        return asked == null
                ? before.policy()
                : SchedulePolicy.of(
                        PolicyRules.merged(
                                before.policy().given(), asked, before.timing().firedRuns(), now));
    }

    /// A config that has come to its end would only end again.
    private static void refuseEnded(SchedulePolicy policy, Timing timing, Instant now) {
        Instant end = policy.endAt();
        Integer most = policy.maxRuns();
        if (end != null && !end.isAfter(now)) {
            throw EngineException.invalidField(
                    "is_active",
                    "ENDED",
                    "cannot be true: end_at was " + end + ". Set a later one.");
        }
        if (most != null && timing.firedRuns() >= most) {
            throw EngineException.invalidField(
                    "is_active",
                    "ENDED",
                    "cannot be true: the config has had its max_runs of " + most + ". Raise it.");
        }
    }

    private static <T> T or(@Nullable T given, T otherwise) {
        return given == null ? otherwise : given;
    }

    private static EngineException unknown(ConfigId id) {
        return EngineException.notFound("There is no pipeline config " + id + ".");
    }
}
