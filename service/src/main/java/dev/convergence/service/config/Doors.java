package dev.convergence.service.config;

import java.util.List;

/// What may come in over HTTP, and where the server itself may call.
public record Doors(boolean rateLimit, boolean webhookAllowPrivate, List<String> corsOrigins) {

    public Doors {
        corsOrigins = List.copyOf(corsOrigins);
    }

    static Doors read(GivenValues given) {
        return new Doors(
                given.readOr(Variable.CONVERGENCE_RATE_LIMIT, Values::onOff, true),
                given.readOr(Variable.CONVERGENCE_WEBHOOK_ALLOW_PRIVATE, Values::truth, false),
                given.readOr(Variable.CORS_ORIGINS, Origins::parse, List.of()));
    }
}
