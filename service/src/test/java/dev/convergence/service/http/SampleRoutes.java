package dev.convergence.service.http;

import dev.convergence.engine.error.EngineException;
import dev.convergence.engine.error.ErrorCode;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/// Routes that only tests have: one for every way in which a route can use the platform.
@RestController
final class SampleRoutes {

    static final AtomicInteger MADE = new AtomicInteger();
    static final CountDownLatch ENTERED = new CountDownLatch(1);
    static final CountDownLatch MAY_GO_ON = new CountDownLatch(1);

    enum Colour {
        RED,
        GREEN
    }

    record Thing(
            String name,
            @Nullable Integer itemCount,
            @Nullable Colour colour,
            @Nullable BigDecimal price,
            @Nullable Map<String, Object> parameters) {}

    record Made(int number, String name, String apiKey, BigDecimal price) {}

    record Seen(String kind, @Nullable String tenantId, @Nullable String userId) {}

    @Access(value = Who.TENANT, scope = Scope.PIPELINES_WRITE)
    @PostMapping({"/api/v1/tenants/{tenant_id}/things", "/api/v1/customers/{tenant_id}/things"})
    @ResponseStatus(HttpStatus.CREATED)
    Made make(@PathVariable("tenant_id") String tenant, @RequestBody Thing thing) {
        if (thing.name().equals("refused")) {
            throw new EngineException(ErrorCode.CONFLICT, "There is one already.");
        }
        return new Made(MADE.incrementAndGet(), thing.name(), "secret-key", new BigDecimal("0.10"));
    }

    @Access(value = Who.TENANT, scope = Scope.PIPELINES_READ)
    @GetMapping("/api/v1/tenants/{tenant_id}/things")
    Page<String> list(
            @PathVariable("tenant_id") String tenant, @RequestParam @Nullable String limit) {
        return Page.of("things", List.of("a", "b", "c"), Page.limit(limit), item -> item);
    }

    @Access(value = Who.TENANT, allowSuspended = true)
    @GetMapping("/api/v1/tenants/{tenant_id}/profile")
    Seen profile(@PathVariable("tenant_id") String tenant, Caller caller) {
        return seen(caller);
    }

    @Access(Who.TENANT)
    @PostMapping("/api/v1/pipelines/run/{name}")
    Seen run(@PathVariable String name, Caller.Tenant caller) {
        return seen(caller);
    }

    @Access(Who.TENANT)
    @PostMapping("/api/v1/slow")
    Seen slow(Caller caller) throws InterruptedException {
        ENTERED.countDown();
        MAY_GO_ON.await();
        return seen(caller);
    }

    @Access(Who.OPERATOR)
    @GetMapping("/api/v1/operator")
    Seen operator(Caller caller) {
        return seen(caller);
    }

    @Access(Who.TENANT_OR_OPERATOR)
    @GetMapping("/api/v1/both")
    Seen both(Caller caller) {
        return seen(caller);
    }

    @Access(Who.ANYONE)
    @GetMapping("/api/v1/anyone")
    Seen anyone(Caller caller) {
        return seen(caller);
    }

    @Access(Who.TENANT)
    @DeleteMapping("/api/v1/things/{thing_id}")
    Seen delete(@PathVariable("thing_id") UUID thing, @RequestParam int number, Caller caller) {
        return seen(caller);
    }

    @Access(Who.ANYONE)
    @GetMapping("/api/v1/bug")
    Seen bug() {
        throw new IllegalStateException("SELECT password FROM secrets");
    }

    @Access(Who.TENANT)
    @GetMapping("/api/v1/own-bug")
    Seen ownBug() {
        throw new IllegalStateException("SELECT password FROM secrets");
    }

    @Access(Who.ANYONE)
    @GetMapping("/api/v1/over-quota")
    Seen overQuota() {
        throw new EngineException(
                ErrorCode.DAILY_QUOTA_EXCEEDED,
                "Daily pipeline quota exceeded (6/6).",
                List.of(),
                Map.of("limit", 6, "used", 6, "retry_after", 77));
    }

    private static Seen seen(Caller caller) {
        return switch (caller) {
            case Caller.Tenant tenant ->
                    new Seen("tenant", tenant.tenant().value(), tenant.userId());
            case Caller.Operator operator -> new Seen("operator", null, operator.userId());
            case Caller.Anyone anyone -> new Seen("anyone", null, anyone.userId());
        };
    }
}
