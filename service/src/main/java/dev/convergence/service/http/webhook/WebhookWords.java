package dev.convergence.service.http.webhook;

import dev.convergence.api.webhook.DeliveryAnswer;
import dev.convergence.api.webhook.EndpointAnswer;
import dev.convergence.api.webhook.EndpointChangeRequest;
import dev.convergence.api.webhook.EndpointRequest;
import dev.convergence.engine.id.JobId;
import dev.convergence.engine.sql.Json;
import dev.convergence.engine.webhook.Deliveries;
import dev.convergence.engine.webhook.Delivery;
import dev.convergence.engine.webhook.DeliveryAttempt;
import dev.convergence.engine.webhook.Endpoint;
import dev.convergence.engine.webhook.EndpointUpdate;
import dev.convergence.engine.webhook.Endpoints;
import dev.convergence.engine.webhook.NewEndpoint;

/// Webhooks' words on the wire and in the engine.
final class WebhookWords {

    private WebhookWords() {}

    static NewEndpoint wish(EndpointRequest request) {
        return new NewEndpoint(
                request.url(),
                request.description(),
                request.events(),
                request.secret(),
                request.maxAttempts(),
                request.enabled());
    }

    static EndpointUpdate change(EndpointChangeRequest request) {
        return new EndpointUpdate(
                request.url(),
                request.description(),
                request.events(),
                request.maxAttempts(),
                request.enabled());
    }

    static EndpointAnswer.WithSecret withSecret(Endpoints.WithSecret made) {
        return new EndpointAnswer.WithSecret(answer(made.endpoint()), made.secret());
    }

    static EndpointAnswer answer(Endpoint endpoint) {
        return new EndpointAnswer(
                endpoint.id(),
                endpoint.tenant().value(),
                endpoint.tenant().value(),
                endpoint.url(),
                endpoint.events().words(),
                endpoint.description(),
                endpoint.attemptsMax(),
                endpoint.isEnabled(),
                endpoint.disabledReason(),
                endpoint.failingSince(),
                endpoint.oldSecretUntil(),
                endpoint.createdAt(),
                endpoint.updatedAt());
    }

    static DeliveryAnswer answer(Delivery delivery) {
        JobId job = delivery.job();
        return new DeliveryAnswer(
                delivery.id(),
                delivery.endpoint(),
                delivery.tenant().value(),
                delivery.tenant().value(),
                delivery.url(),
                delivery.event(),
                job == null ? null : job.run().toString(),
                job == null ? null : job.toString(),
                delivery.group(),
                delivery.state().name(),
                delivery.attempts(),
                delivery.attemptsMax(),
                delivery.nextAttemptAt(),
                delivery.lastHttpStatus(),
                delivery.lastError(),
                delivery.createdAt(),
                delivery.deliveredAt());
    }

    static DeliveryAnswer.Detail detail(Deliveries.Detail detail) {
        return new DeliveryAnswer.Detail(
                answer(detail.delivery()),
                Json.object(detail.payload()),
                detail.attempts().stream().map(WebhookWords::answer).toList());
    }

    private static DeliveryAnswer.Attempt answer(DeliveryAttempt attempt) {
        return new DeliveryAnswer.Attempt(
                attempt.number(),
                attempt.startedAt(),
                attempt.duration().toMillis(),
                attempt.httpStatus(),
                attempt.error(),
                attempt.response());
    }
}
