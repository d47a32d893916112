package dev.convergence.engine.pipeline;

import dev.convergence.engine.error.EngineException;
import dev.convergence.engine.id.ConfigId;
import dev.convergence.engine.id.JobId;
import dev.convergence.engine.id.TenantId;
import dev.convergence.engine.id.TimeOrderedId;
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

    public PipelineConfig create(
            TenantId tenant, ConfigDraft draft, @Nullable String createdBy, Instant now) {
        ConfigRules.checkNew(draft);
        PipelineConfig config = drafted(tenant, draft, createdBy, now);
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

    /// Changes what the draft names; a new cron or time zone re-anchors the next fire from now.
    public PipelineConfig change(TenantId tenant, ConfigId id, ConfigDraft draft, Instant now) {
        ConfigRules.check(draft);
        return database.inTransaction(handle -> {
            PipelineConfig before =
                    ConfigStore.lock(handle, tenant, id).orElseThrow(() -> unknown(id));
            PipelineConfig after = changed(before, draft, now);
            ConfigStore.update(handle, after);
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
        return new PipelineConfig(
                new ConfigId(TimeOrderedId.next(now)),
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
                or(draft.isActive(), true),
                or(draft.parameters(), Map.of()),
                or(draft.priority(), PipelineConfig.PRIORITY_DEFAULT),
                or(draft.retry(), Map.of()),
                or(draft.notificationEmails(), List.of()),
                or(draft.nextRunTime(), ConfigRules.nextFire(cron, zone, now)),
                null,
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
        boolean reanchored =
                !cron.toString().equals(before.cron())
                        || !zone.equals(before.zone())
                        || (isActive && !before.isActive());
        Instant next = reanchored ? ConfigRules.nextFire(cron, zone, now) : before.nextRunTime();
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
                or(draft.nextRunTime(), next),
                before.lastRunTime(),
                before.lastRunStatus(),
                before.createdBy(),
                before.createdAt(),
                now);
    }

    private static <T> T or(@Nullable T given, T otherwise) {
        return given == null ? otherwise : given;
    }

    private static EngineException unknown(ConfigId id) {
        return EngineException.notFound("There is no pipeline config " + id + ".");
    }
}
