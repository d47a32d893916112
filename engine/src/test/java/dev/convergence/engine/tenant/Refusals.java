package dev.convergence.engine.tenant;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.convergence.engine.error.EngineException;
import dev.convergence.engine.error.ErrorCode;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/// Asserts that something is refused, and why.
public final class Refusals {

    private Refusals() {}

    public static EngineException refused(ErrorCode code, ThrowingCallable action) {
        EngineException refusal = catchThrowableOfType(EngineException.class, action);
        assertThat(refusal).as("a refusal with %s", code).isNotNull();
        assertThat(refusal.code()).isEqualTo(code);
        return refusal;
    }
}
