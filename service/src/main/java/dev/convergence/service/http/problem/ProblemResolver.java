package dev.convergence.service.http.problem;

import dev.convergence.engine.error.EngineException;
import dev.convergence.engine.error.ErrorCode;
import dev.convergence.service.http.RequestId;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.web.servlet.HandlerExceptionResolver;
import org.springframework.web.servlet.ModelAndView;

/// The last stop of every exception of a request: a refusal is written, a bug is logged with the
/// request id and answered without a word of it.
public final class ProblemResolver implements HandlerExceptionResolver {

    private static final Logger LOG = LoggerFactory.getLogger(ProblemResolver.class);

    private final ProblemWriter problems;
    private final Witness witness;

    public ProblemResolver(ProblemWriter problems, Witness witness) {
        this.problems = problems;
        this.witness = witness;
    }

    @Override
    public @Nullable ModelAndView resolveException(
            HttpServletRequest request,
            HttpServletResponse response,
            @Nullable Object handler,
            Exception failure) {
        Refusal refusal = refusal(failure, request);
        witness.saw(request, refusal);
        try {
            problems.write(refusal, RequestId.of(request), response);
        } catch (IOException e) {
            LOG.debug("The caller of {} went away before its problem", RequestId.of(request), e);
        }
        return new ModelAndView();
    }

    /// The refusal that an exception stands for; what nobody named is a bug and is logged here.
    public static Refusal refusal(Throwable failure, HttpServletRequest request) {
        Refusal known = known(failure);
        if (known == null || known.status() == HttpServletResponse.SC_INTERNAL_SERVER_ERROR) {
            LOG.error("Request {} failed", RequestId.of(request), failure);
            return Refusal.of(
                    ErrorCode.INTERNAL_ERROR,
                    "Something went wrong on our side; give the request id when you report it.");
        }
        return known;
    }

    private static @Nullable Refusal known(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof RefusedException refused) {
                return refused.refusal();
            }
            if (cause instanceof EngineException refused) {
                return Refusal.of(refused);
            }
        }
        return failure instanceof Exception exception ? SpringRefusals.of(exception) : null;
    }
}
