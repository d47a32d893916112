package dev.convergence.service.http.deadletter;

import dev.convergence.api.deadletter.DeadLetterAnswer;
import dev.convergence.api.deadletter.RedrivenAnswer;
import dev.convergence.engine.Rooms;
import dev.convergence.engine.error.EngineException;
import dev.convergence.engine.error.ErrorCode;
import dev.convergence.engine.id.JobId;
import dev.convergence.engine.id.TenantId;
import dev.convergence.engine.queue.DeadLetter;
import dev.convergence.engine.queue.DeadLetters;
import dev.convergence.service.http.Access;
import dev.convergence.service.http.Cursor;
import dev.convergence.service.http.Page;
import dev.convergence.service.http.Scope;
import dev.convergence.service.http.Who;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/// Jobs that were given up because their nodes died while they ran: listed, and driven again.
@RestController
public final class DeadLetterRoutes {

    private static final String LIST = "dead_letters";

    private final DeadLetters letters;
    private final InstantSource clock;

    public DeadLetterRoutes(Rooms engine) {
        letters = engine.deadLetters();
        clock = engine.clock();
    }

    @Access(value = Who.TENANT_OR_OPERATOR, scope = Scope.PIPELINES_READ)
    @GetMapping({
        "/api/v1/tenants/{tenant_id}/dead-letters",
        "/api/v1/customers/{tenant_id}/dead-letters"
    })
    public Page<DeadLetterAnswer> list(
            @PathVariable("tenant_id") String tenant,
            @RequestParam(name = "limit", required = false) @Nullable String limit,
            @RequestParam(name = "cursor", required = false) @Nullable String cursor) {
        return page(new TenantId(tenant), limit, cursor);
    }

    @Access(Who.OPERATOR)
    @GetMapping("/api/v1/scheduler/dead-letters")
    public Page<DeadLetterAnswer> listAll(
            @RequestParam(name = "limit", required = false) @Nullable String limit,
            @RequestParam(name = "cursor", required = false) @Nullable String cursor) {
        return page(null, limit, cursor);
    }

    private Page<DeadLetterAnswer> page(
            @Nullable TenantId tenant, @Nullable String limitText, @Nullable String cursorText) {
        int limit = Page.limit(limitText);
        Cursor cursor = Cursor.decode(cursorText, LIST, 1);
        JobId before = cursor == null ? null : JobId.of(cursor.uuid(0));
        List<DeadLetterAnswer> found =
                letters.list(tenant, before, limit + 1).stream()
                        .map(DeadLetterRoutes::answer)
                        .toList();
        return Page.of(LIST, found, limit, last -> Cursor.encode(LIST, last.jobId()));
    }

    private static DeadLetterAnswer answer(DeadLetter letter) {
        return new DeadLetterAnswer(
                letter.job().toString(),
                letter.job().run().toString(),
                letter.tenant().value(),
                letter.tenant().value(),
                letter.reason(),
                letter.diedAt(),
                letter.redrivenAs().map(JobId::toString).orElse(null));
    }

    @Access(value = Who.TENANT_OR_OPERATOR, scope = Scope.PIPELINES_EXECUTE)
    @PostMapping({
        "/api/v1/tenants/{tenant_id}/dead-letters/{job_id}/redrive",
        "/api/v1/customers/{tenant_id}/dead-letters/{job_id}/redrive"
    })
    @ResponseStatus(HttpStatus.ACCEPTED)
    public RedrivenAnswer redrive(
            @PathVariable("tenant_id") String tenantId, @PathVariable("job_id") UUID jobId) {
        TenantId tenant = new TenantId(tenantId);
        JobId dead = JobId.of(jobId);
        JobId made =
                letters.redrive(tenant, dead, clock.instant())
                        .orElseThrow(() -> refusal(tenant, dead));
        return new RedrivenAnswer(
                made.toString(),
                made.run().toString(),
                dead.toString(),
                tenant.value(),
                tenant.value());
    }

    private EngineException refusal(TenantId tenant, JobId dead) {
        return letters.find(tenant, dead)
                .flatMap(DeadLetter::redrivenAs)
                .map(made ->
                        new EngineException(
                                ErrorCode.CONFLICT,
                                "The job was driven again already, as " + made + "."))
                .orElseGet(() ->
                        EngineException.notFound("There is no dead letter of job " + dead + "."));
    }
}
