package dev.convergence.service.http.pipeline;

import dev.convergence.api.pipeline.ConfigAnswer;
import dev.convergence.api.pipeline.ConfigDeletedAnswer;
import dev.convergence.api.pipeline.ConfigPlanAnswer;
import dev.convergence.api.pipeline.ConfigRequest;
import dev.convergence.api.pipeline.RunAcceptedAnswer;
import dev.convergence.engine.Rooms;
import dev.convergence.engine.error.EngineException;
import dev.convergence.engine.error.ErrorCode;
import dev.convergence.engine.id.ConfigId;
import dev.convergence.engine.id.JobId;
import dev.convergence.engine.id.TenantId;
import dev.convergence.engine.pipeline.PipelineConfig;
import dev.convergence.engine.template.TemplateCatalog;
import dev.convergence.engine.template.TemplatePath;
import dev.convergence.engine.tenant.Tenants;
import dev.convergence.service.http.Caller;
import dev.convergence.service.http.Cursor;
import dev.convergence.service.http.Page;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// One resource behind four spellings of its routes: pipeline configs.
public final class ConfigDesk {

    private final Rooms engine;
    private final Tenants tenants;
    private final TemplateCatalog templates;
    private final ManualRuns manualRuns;

    public ConfigDesk(
            Rooms engine, Tenants tenants, TemplateCatalog templates, ManualRuns manualRuns) {
        this.engine = engine;
        this.tenants = tenants;
        this.templates = templates;
        this.manualRuns = manualRuns;
    }

    /// The tenant of a request: the key's own, or the one that an operator names.
    TenantId tenant(Caller caller, @Nullable String named) {
        if (caller instanceof Caller.Tenant tenant) {
            if (named != null && !named.equals(tenant.tenant().value())) {
                throw new EngineException(
                        ErrorCode.FORBIDDEN,
                        "The key is of tenant "
                                + tenant.tenant()
                                + ", the request names "
                                + named
                                + ".");
            }
            return tenant.tenant();
        }
        if (named == null) {
            throw EngineException.invalidField(
                    "tenant_id", "REQUIRED", "is required from an operator.");
        }
        return known(new TenantId(named));
    }

    /// The tenant of a path; a body that names one names the same.
    TenantId tenant(Caller caller, String path, @Nullable String named) {
        TenantId tenant = tenant(caller, named == null ? path : named);
        if (!tenant.value().equals(path)) {
            throw EngineException.invalidField(
                    "tenant_id", "INVALID", "is " + tenant + ", but the path names " + path + ".");
        }
        return tenant;
    }

    /// @throws EngineException RESOURCE_NOT_FOUND, because an operator's path proves nothing
    TenantId known(TenantId tenant) {
        tenants.get(tenant);
        return tenant;
    }

    /// The tenant of a config that an operator names by its id alone.
    TenantId owner(Caller caller, UUID configId) {
        return caller instanceof Caller.Tenant tenant
                ? tenant.tenant()
                : engine.configs()
                        .owner(new ConfigId(configId))
                        .orElseThrow(() ->
                                EngineException.notFound(
                                        "There is no pipeline config " + configId + "."));
    }

    ConfigAnswer create(TenantId tenant, ConfigRequest request, Caller caller) {
        return answer(
                engine.configs()
                        .create(
                                tenant,
                                ConfigWords.draft(request),
                                caller.userId(),
                                engine.clock().instant()));
    }

    /// What a draft would become. Stricter than making it: a config may wait for its template.
    ConfigPlanAnswer plan(TenantId tenant, ConfigRequest request, Caller caller) {
        Instant now = engine.clock().instant();
        PipelineConfig config =
                engine.configs().plan(tenant, ConfigWords.draft(request), caller.userId(), now);
        return ConfigWords.plan(
                config, manualRuns.plan(tenant, path(config), config.parameters()), now);
    }

    Page<ConfigAnswer> list(
            TenantId tenant,
            @Nullable Boolean isActive,
            @Nullable String limitText,
            @Nullable String cursorText) {
        int limit = Page.limit(limitText, Page.LIMIT_MAX, Page.LIMIT_MAX);
        Cursor cursor = Cursor.decode(cursorText, "pipelines", 1);
        List<PipelineConfig> found =
                engine.configs()
                        .list(tenant, isActive, cursor == null ? null : cursor.uuid(0), limit + 1);
        return Page.of(
                "pipelines",
                found.stream().map(this::answer).toList(),
                limit,
                last -> Cursor.encode("pipelines", last.configId()));
    }

    ConfigAnswer find(TenantId tenant, UUID configId) {
        return answer(engine.configs().find(tenant, new ConfigId(configId)));
    }

    ConfigAnswer change(TenantId tenant, UUID configId, ConfigRequest request) {
        return answer(
                engine.configs()
                        .change(
                                tenant,
                                new ConfigId(configId),
                                ConfigWords.draft(request),
                                engine.clock().instant()));
    }

    ConfigAnswer setActive(
            TenantId tenant, UUID configId, boolean isActive, @Nullable Boolean runMissed) {
        return answer(
                engine.configs()
                        .change(
                                tenant,
                                new ConfigId(configId),
                                ConfigWords.active(isActive, runMissed),
                                engine.clock().instant()));
    }

    ConfigDeletedAnswer delete(TenantId tenant, UUID configId) {
        List<JobId> waiting =
                engine.configs().delete(tenant, new ConfigId(configId), engine.clock().instant());
        for (JobId job : waiting) {
            engine.queue()
                    .cancel(
                            tenant,
                            job,
                            "Its pipeline config was deleted.",
                            engine.clock().instant());
        }
        return new ConfigDeletedAnswer(
                configId.toString(),
                tenant.value(),
                tenant.value(),
                waiting.size(),
                "The pipeline config was deleted; its history stays.");
    }

    RunAcceptedAnswer runNow(TenantId tenant, UUID configId, Caller caller) {
        PipelineConfig config = engine.configs().find(tenant, new ConfigId(configId));
        Map<String, Object> asked = new HashMap<>();
        asked.put("parameters", config.parameters());
        asked.put("priority", config.priority());
        asked.put("trigger_by", "run_now");
        if (config.retry().get("max_retries") instanceof Number retries) {
            asked.put("max_retries", retries.intValue());
        }
        RunBody body = RunBody.of(asked, Map.of());
        return manualRuns.start(tenant, path(config), body, caller.userId(), config.id());
    }

    private ConfigAnswer answer(PipelineConfig config) {
        return ConfigWords.config(config, templateExists(config), engine.clock().instant());
    }

    private boolean templateExists(PipelineConfig config) {
        try {
            return Optional.of(path(config))
                    .flatMap(path -> templates.find(config.tenant(), path))
                    .isPresent();
        } catch (EngineException faulty) {
            return false;
        }
    }

    private static TemplatePath path(PipelineConfig config) {
        return new TemplatePath(config.provider(), config.domain(), config.templateName());
    }
}
