package dev.convergence.service.http.tenant;

import dev.convergence.engine.tenant.Requester;
import dev.convergence.service.http.Caller;

/// Says to the engine on whose behalf a request acts.
public final class Requesters {

    private Requesters() {}

    public static Requester of(Caller caller) {
        return switch (caller) {
            case Caller.Operator operator -> new Requester.Operator(operator.userId());
            case Caller.Tenant tenant ->
                    new Requester.Owner(tenant.tenant(), tenant.scopes(), tenant.userId());
            case Caller.Anyone anyone -> new Requester.Stranger();
        };
    }
}
