package dev.convergence.steps.generation.model;

import dev.convergence.steps.generation.model.Reply.Failure;
import dev.convergence.steps.http.ApiReply.Answered;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/// What a refusal of a vendor is to a tenant: a code, and a sentence without the operator's key.
record Complaint(Endpoint endpoint, BackEnd vendor, String model) {

    private static final int SAID_MAX = 300;
    private static final Pattern SECONDS = Pattern.compile("(\\d{1,6})(\\.\\d{1,9})?s");
    private static final int UNAUTHORIZED = 401;
    private static final int FORBIDDEN = 403;
    private static final int NOT_FOUND = 404;
    private static final int REQUEST_TIMEOUT = 408;
    private static final int TOO_MANY_REQUESTS = 429;
    private static final int SERVER_ERROR = 500;

    Failure of(Answered answered, JsonNode body) {
        int status = answered.status();
        return switch (status) {
            // What vendors say of a key shows parts of it.
            case UNAUTHORIZED, FORBIDDEN ->
                    Failure.of(
                            Fault.EXTERNAL_API_ERROR,
                            vendor.title()
                                    + " refuses the operator's key with the status "
                                    + status
                                    + ".");
            case NOT_FOUND ->
                    Failure.of(
                            Fault.MODEL_NOT_FOUND,
                            vendor.title() + " has no model " + model + "." + said(body));
            case REQUEST_TIMEOUT -> answers(Fault.MODEL_TIMEOUT, status, body);
            case TOO_MANY_REQUESTS -> overLimit(answered, body);
            default ->
                    answers(
                            status >= SERVER_ERROR
                                    ? Fault.SERVICE_UNAVAILABLE
                                    : Fault.EXTERNAL_API_ERROR,
                            status,
                            body);
        };
    }

    private Failure answers(Fault fault, int status, JsonNode body) {
        return Failure.of(
                fault, vendor.title() + " answers with the status " + status + "." + said(body));
    }

    private Failure overLimit(Answered answered, JsonNode body) {
        String wait =
                answered.retryAfter()
                        .or(() -> retryDelay(body))
                        .map(asked -> " It asks to wait " + asked.toSeconds() + " s.")
                        .orElse("");
        return Failure.of(
                Fault.RATE_LIMIT_EXCEEDED,
                vendor.title() + " is asked too often (429)." + wait + said(body));
    }

    /// How long Gemini wants to be left alone: it says so in the body.
    static Optional<Duration> retryDelay(JsonNode body) {
        return body.path("error")
                .path("details")
                .valueStream()
                .map(detail -> SECONDS.matcher(detail.path("retryDelay").asString("")))
                .filter(Matcher::matches)
                .map(delay -> Duration.ofSeconds(Long.parseLong(delay.group(1)) + 1))
                .findFirst();
    }

    /// The vendor's own words, where it has some.
    private String said(JsonNode body) {
        JsonNode error = body.path("error");
        String words = (error.isString() ? error : error.path("message")).asString("").strip();
        if (words.isEmpty()) {
            return "";
        }
        String clean = withoutKey(words).replaceAll("\\s+", " ");
        return " It says: "
                + (clean.length() <= SAID_MAX ? clean : clean.substring(0, SAID_MAX) + "…");
    }

    private String withoutKey(String words) {
        ApiKey key = endpoint.key();
        return key == null || key.reveal().isEmpty() ? words : words.replace(key.reveal(), "***");
    }
}
