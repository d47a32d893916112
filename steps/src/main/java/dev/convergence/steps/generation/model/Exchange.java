package dev.convergence.steps.generation.model;

import dev.convergence.steps.generation.model.Reply.Failure;
import dev.convergence.steps.http.ApiCall;
import dev.convergence.steps.http.ApiClient;
import dev.convergence.steps.http.ApiReply;
import dev.convergence.steps.http.ApiReply.Answered;
import java.time.Duration;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.MissingNode;

/// Calls one vendor, waits when it is told to wait, and says what went wrong.
final class Exchange {

    /// So often one question is put again, and so long at most it waits for that.
    private static final int WAITS_MAX = 4;

    private static final Duration WAIT_MAX = Duration.ofSeconds(120);

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final int SUCCESS = 200;
    private static final int SUCCESS_END = 300;
    private static final int TOO_MANY_REQUESTS = 429;
    private static final int SERVER_ERROR = 500;

    private final ApiClient http;
    private final BackEnd vendor;
    private final Complaint complaint;

    Exchange(ApiClient http, BackEnd vendor, Complaint complaint) {
        this.http = http;
        this.vendor = vendor;
        this.complaint = complaint;
    }

    /// What the vendor said, or that it said nothing of use.
    sealed interface Exchanged {

        record Json(JsonNode answer) implements Exchanged {}

        record Failed(Failure failure) implements Exchanged {}
    }

    Exchanged send(ApiCall call, Asking asking) {
        for (int waits = 0; ; waits++) {
            ApiReply reply = http.send(call, asking.deadline(), asking.cancellation());
            Optional<Duration> wait = waits < WAITS_MAX ? wait(reply, asking) : Optional.empty();
            if (wait.isEmpty()) {
                return exchanged(reply);
            }
            asking.log()
                    .accept(
                            vendor.title()
                                    + " asks to wait "
                                    + wait.get().toSeconds()
                                    + " s before the next request.");
            asking.pause(wait.get());
        }
    }

    /// A wait that was asked for, is not too long, and ends before the deadline.
    private static Optional<Duration> wait(ApiReply reply, Asking asking) {
        return reply instanceof Answered answered && isBusy(answered)
                ? answered.retryAfter()
                        .or(() -> Complaint.retryDelay(json(answered)))
                        .filter(wait -> wait.compareTo(WAIT_MAX) <= 0)
                        .filter(wait -> wait.compareTo(asking.deadline().left()) < 0)
                : Optional.empty();
    }

    private static boolean isBusy(Answered answered) {
        return answered.status() == TOO_MANY_REQUESTS || answered.status() >= SERVER_ERROR;
    }

    private Exchanged exchanged(ApiReply reply) {
        return switch (reply) {
            case Answered answered when isSuccess(answered) -> understood(answered);
            case Answered answered -> failed(complaint.of(answered, json(answered)));
            case ApiReply.Unreachable _ ->
                    failed(
                            Failure.of(
                                    Fault.SERVICE_UNAVAILABLE,
                                    vendor.title()
                                            + " could not be reached, or broke off its answer."));
            case ApiReply.TooSlow _ -> failed(tooSlow());
            case ApiReply.TooLarge _ ->
                    failed(
                            Failure.of(
                                    Fault.EXTERNAL_API_ERROR,
                                    vendor.title() + " sent an answer that is too long to read."));
        };
    }

    Failure tooSlow() {
        return Failure.of(
                Fault.MODEL_TIMEOUT, vendor.title() + " did not answer before the time was up.");
    }

    private static boolean isSuccess(Answered answered) {
        return answered.status() >= SUCCESS && answered.status() < SUCCESS_END;
    }

    private Exchanged understood(Answered answered) {
        JsonNode answer = json(answered);
        return answer.isObject()
                ? new Exchanged.Json(answer)
                : failed(
                        Failure.of(
                                Fault.EXTERNAL_API_ERROR,
                                vendor.title() + " sent something that is no JSON object."));
    }

    private static Exchanged failed(Failure failure) {
        return new Exchanged.Failed(failure);
    }

    private static JsonNode json(Answered answered) {
        try {
            JsonNode answer = JSON.readTree(answered.body());
            return answer == null ? MissingNode.getInstance() : answer;
        } catch (JacksonException noJson) {
            return MissingNode.getInstance();
        }
    }
}
