package dev.convergence.service.http.direct;

import dev.convergence.api.direct.CardAnswer;
import dev.convergence.api.direct.DirectBody;
import dev.convergence.api.direct.StoryAnswer;
import dev.convergence.api.job.JobRunAnswer;
import dev.convergence.engine.error.EngineException;
import dev.convergence.engine.job.JobTypes;
import dev.convergence.service.http.Access;
import dev.convergence.service.http.Caller;
import dev.convergence.service.http.Scope;
import dev.convergence.service.http.Who;
import jakarta.servlet.http.HttpServletRequest;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/// Work that its caller waits for: after what runs, before what waits.
@RestController
public final class DirectRoutes {

    private static final String TIMEOUT = "timeout_seconds";

    private final DirectDesk desk;
    private final WritingAnswers writings;

    public DirectRoutes(DirectDesk desk, WritingAnswers writings) {
        this.desk = desk;
        this.writings = writings;
    }

    @Access(value = Who.TENANT, scope = Scope.PIPELINES_EXECUTE)
    @PostMapping("/api/v1/direct/{job_type}")
    public JobRunAnswer execute(
            @PathVariable("job_type") String type,
            @RequestBody(required = false) @Nullable DirectBody body,
            Caller.Tenant caller,
            HttpServletRequest request)
            throws InterruptedException {
        DirectBody wish = Objects.requireNonNullElse(body, new DirectBody(null, null));
        return desk.execute(
                type,
                Objects.requireNonNullElse(wish.params(), Map.of()),
                wish.timeoutSeconds(),
                caller,
                Presence.isGone(request));
    }

    /// The fields of the body are the parameters of a story.
    @Access(value = Who.TENANT, scope = Scope.PIPELINES_EXECUTE)
    @PostMapping("/api/v1/story/generate")
    public StoryAnswer generateStory(
            @RequestBody(required = false) @Nullable Map<String, Object> body,
            Caller.Tenant caller,
            HttpServletRequest request)
            throws InterruptedException {
        return writings.story(caller.tenant(), execute(JobTypes.STORY, body, caller, request));
    }

    /// The fields of the body are the parameters of a research job.
    @Access(value = Who.TENANT, scope = Scope.PIPELINES_EXECUTE)
    @PostMapping("/api/v1/research/run")
    public CardAnswer runResearch(
            @RequestBody(required = false) @Nullable Map<String, Object> body,
            Caller.Tenant caller,
            HttpServletRequest request)
            throws InterruptedException {
        return writings.card(caller.tenant(), execute(JobTypes.RESEARCH, body, caller, request));
    }

    private JobRunAnswer execute(
            String type,
            @Nullable Map<String, Object> body,
            Caller.Tenant caller,
            HttpServletRequest request)
            throws InterruptedException {
        Map<String, Object> params =
                new LinkedHashMap<>(Objects.requireNonNullElse(body, Map.of()));
        Integer timeout = seconds(params.remove(TIMEOUT));
        return desk.execute(type, params, timeout, caller, Presence.isGone(request));
    }

    private static @Nullable Integer seconds(@Nullable Object given) {
        try {
            return given == null
                    ? null
                    : Integer.valueOf(new BigDecimal(given.toString()).intValueExact());
        } catch (ArithmeticException | NumberFormatException wrong) {
            throw EngineException.invalidField(TIMEOUT, "INVALID_TYPE", "is a whole number.");
        }
    }
}
