package dev.convergence.service.http.why;

import dev.convergence.api.why.WhyAnswer;
import dev.convergence.engine.Rooms;
import dev.convergence.engine.error.EngineException;
import dev.convergence.engine.id.JobId;
import dev.convergence.engine.id.TenantId;
import dev.convergence.engine.run.Explanation;
import dev.convergence.engine.run.Waiting;
import dev.convergence.service.http.Access;
import dev.convergence.service.http.Caller;
import dev.convergence.service.http.Scope;
import dev.convergence.service.http.Who;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/// Why a run or any other job waits, in words.
@RestController
public final class WhyRoutes {

    private final Rooms engine;

    public WhyRoutes(Rooms engine) {
        this.engine = engine;
    }

    @Access(value = Who.TENANT_OR_OPERATOR, scope = Scope.PIPELINES_READ)
    @GetMapping("/api/v1/pipelines/runs/{run_id}/why")
    public WhyAnswer run(@PathVariable("run_id") UUID runId, Caller caller) {
        return why("pipeline run", runId, caller);
    }

    @Access(value = Who.TENANT_OR_OPERATOR, scope = Scope.PIPELINES_READ)
    @GetMapping("/api/v1/jobs/{job_id}/why")
    public WhyAnswer job(@PathVariable("job_id") UUID jobId, Caller caller) {
        return why("job", jobId, caller);
    }

    private WhyAnswer why(String what, UUID id, Caller caller) {
        return engine.explanations()
                .of(own(caller), JobId.of(id), engine.clock().instant())
                .map(WhyRoutes::answer)
                .orElseThrow(
                        () -> EngineException.notFound("There is no " + what + " " + id + "."));
    }

    /// A tenant hears of its own jobs only; an operator of all.
    private static @Nullable TenantId own(Caller caller) {
        return caller instanceof Caller.Tenant tenant ? tenant.tenant() : null;
    }

    private static WhyAnswer answer(Explanation explanation) {
        String tenant = explanation.tenant().value();
        return new WhyAnswer(
                explanation.job().toString(),
                explanation.job().toString(),
                explanation.job().run().toString(),
                tenant,
                tenant,
                explanation.state(),
                explanation.state(),
                explanation.isWaiting(),
                explanation.reasons().stream()
                        .map(Waiting::sentence)
                        .collect(Collectors.joining(" ")),
                explanation.reasons().stream()
                        .map(one -> new WhyAnswer.Reason(one.code(), one.sentence(), one.facts()))
                        .toList());
    }
}
