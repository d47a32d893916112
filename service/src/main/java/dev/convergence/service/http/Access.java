package dev.convergence.service.http;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// Who may call a route; every handler method carries one, a route without is refused to all.
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface Access {

    Who value();

    Scope scope() default Scope.NONE;

    /// Whether a suspended tenant may still call it, as it may read its own profile.
    boolean allowSuspended() default false;
}
