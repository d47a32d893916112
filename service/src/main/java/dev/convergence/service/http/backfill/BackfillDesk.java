package dev.convergence.service.http.backfill;

import dev.convergence.api.backfill.BackfillAnswer;
import dev.convergence.api.backfill.BackfillRequest;
import dev.convergence.engine.Rooms;
import dev.convergence.engine.backfill.Backfill.Request;
import dev.convergence.engine.error.EngineException;
import dev.convergence.engine.error.ErrorCode;
import dev.convergence.engine.id.ConfigId;
import dev.convergence.engine.id.TenantId;
import dev.convergence.engine.pipeline.PipelineConfig;
import dev.convergence.engine.template.ParameterSpec;
import dev.convergence.engine.template.Parameters;
import dev.convergence.engine.template.Template;
import dev.convergence.engine.template.TemplateCatalog;
import dev.convergence.engine.template.TemplatePath;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Plans and makes backfills, once the config's template has agreed to what its runs will carry.
public final class BackfillDesk {

    private static final String DATE = "date";

    private final Rooms engine;
    private final TemplateCatalog templates;

    public BackfillDesk(Rooms engine, TemplateCatalog templates) {
        this.engine = engine;
        this.templates = templates;
    }

    BackfillAnswer plan(TenantId tenant, BackfillRequest asked) {
        ConfigId config = BackfillWords.config(asked);
        Request request = request(tenant, config, asked);
        Instant now = engine.clock().instant();
        return BackfillWords.answer(
                tenant,
                config,
                request,
                engine.backfills().plan(tenant, config, request, now),
                now);
    }

    BackfillAnswer create(TenantId tenant, BackfillRequest asked, @Nullable String userId) {
        ConfigId config = BackfillWords.config(asked);
        Request request = request(tenant, config, asked);
        return BackfillWords.answer(
                engine.backfills()
                        .create(tenant, config, request, userId, engine.clock().instant()));
    }

    /// Hundreds of runs that must all fail are refused rather than made.
    private Request request(TenantId tenant, ConfigId id, BackfillRequest asked) {
        PipelineConfig config = engine.configs().find(tenant, id);
        Template template = template(config);
        boolean carriesDate =
                template.parameters().stream().map(ParameterSpec::name).anyMatch(DATE::equals);
        Request request = BackfillWords.request(asked, carriesDate);
        Map<String, Object> parameters = new LinkedHashMap<>(config.parameters());
        if (carriesDate) {
            parameters.remove("start_date");
            parameters.remove("end_date");
            parameters.put(DATE, request.start().toString());
        }
        Parameters.of(template.parameters(), parameters).orRefuse();
        return request;
    }

    private Template template(PipelineConfig config) {
        TemplatePath path =
                new TemplatePath(config.provider(), config.domain(), config.templateName());
        return templates
                .find(config.tenant(), path)
                .orElseThrow(() ->
                        new EngineException(
                                ErrorCode.PIPELINE_NOT_FOUND,
                                "The config's template " + path + " is not there."));
    }
}
