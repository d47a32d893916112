package dev.convergence.engine.webhook;

import dev.convergence.engine.error.FieldFaults;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What to change of an endpoint; null leaves as it is.
public record EndpointUpdate(
        @Nullable String url,
        @Nullable String description,
        @Nullable List<@Nullable String> events,
        @Nullable Integer attemptsMax,
        @Nullable Boolean isEnabled) {

    private static final int URL_CHARACTERS_MAX = 2_048;

    record Checked(
            @Nullable String url,
            @Nullable String description,
            @Nullable EventFilter events,
            @Nullable Integer attemptsMax,
            @Nullable Boolean isEnabled) {}

    Checked check() {
        FieldFaults faults = new FieldFaults();
        String checkedUrl = url == null ? null : faults.text("url", url, 1, URL_CHARACTERS_MAX);
        String about = NewEndpoint.description(description, faults);
        EventFilter filter = events == null ? null : EventFilter.checked(events, faults);
        faults.range("max_attempts", attemptsMax, 1, NewEndpoint.ATTEMPTS_MAX);
        faults.refuseIfAny();
        return new Checked(checkedUrl, about, filter, attemptsMax, isEnabled);
    }
}
