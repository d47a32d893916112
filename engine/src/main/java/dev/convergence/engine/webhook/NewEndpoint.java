package dev.convergence.engine.webhook;

import dev.convergence.engine.error.FieldFaults;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// An endpoint as a tenant asks for it.
///
/// @param events null for all
/// @param secret null for one of ours
/// @param attemptsMax null for three
/// @param isEnabled null for yes
public record NewEndpoint(
        @Nullable String url,
        @Nullable String description,
        @Nullable List<@Nullable String> events,
        @Nullable String secret,
        @Nullable Integer attemptsMax,
        @Nullable Boolean isEnabled) {

    static final int DESCRIPTION_CHARACTERS_MAX = 500;
    static final int ATTEMPTS_MAX = 10;

    private static final int URL_CHARACTERS_MAX = 2_048;
    private static final int ATTEMPTS_DEFAULT = 3;

    record Checked(
            String url,
            @Nullable String description,
            EventFilter events,
            SigningSecret secret,
            int attemptsMax,
            boolean isEnabled) {}

    Checked check() {
        FieldFaults faults = new FieldFaults();
        String checkedUrl = faults.text("url", url, 1, URL_CHARACTERS_MAX);
        String about = description(description, faults);
        EventFilter filter = EventFilter.checked(events, faults);
        faults.range("max_attempts", attemptsMax, 1, ATTEMPTS_MAX);
        SigningSecret signing = SigningSecret.givenOrNew(secret, faults);
        faults.refuseIfAny();
        return new Checked(
                checkedUrl,
                about,
                filter,
                signing,
                Objects.requireNonNullElse(attemptsMax, ATTEMPTS_DEFAULT),
                !Boolean.FALSE.equals(isEnabled));
    }

    static @Nullable String description(@Nullable String given, FieldFaults faults) {
        return faults.optionalText("description", given, 1, DESCRIPTION_CHARACTERS_MAX);
    }

    @Override
    public String toString() {
        return "NewEndpoint[url=" + url + ", secret=***]";
    }
}
