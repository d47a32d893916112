package dev.convergence.engine.template;

import dev.convergence.engine.error.EngineException;
import dev.convergence.engine.error.ErrorCode;
import dev.convergence.engine.error.FieldError;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The days that a run's parameters ask for, both ends included.
public record AskedDates(LocalDate start, LocalDate end) {

    /// Two years; longer loads come in parts, so that none holds a worker for days.
    static final int DAYS_MAX = 730;

    private static final String FIELD = "parameters.end_date";

    /// @throws EngineException INVALID_PARAMETER for what is no date
    public static Optional<AskedDates> in(Map<String, Object> parameters) {
        LocalDate date = date("date", parameters);
        LocalDate start = date == null ? date("start_date", parameters) : date;
        LocalDate end = date == null ? date("end_date", parameters) : date;
        if (start == null && end == null) {
            return Optional.empty();
        }
        LocalDate first = start == null ? Objects.requireNonNull(end) : start;
        return Optional.of(new AskedDates(first, end == null ? first : end));
    }

    /// What is wrong with the two together.
    public Optional<FieldError> fault() {
        if (end.isBefore(start)) {
            return fault("must not be before start_date.");
        }
        return ChronoUnit.DAYS.between(start, end) < DAYS_MAX
                ? Optional.empty()
                : fault("a run loads at most " + DAYS_MAX + " days; ask for them in parts.");
    }

    private static Optional<FieldError> fault(String detail) {
        return Optional.of(new FieldError(FIELD, "OUT_OF_RANGE", detail));
    }

    private static @Nullable LocalDate date(String name, Map<String, Object> parameters) {
        Object value = parameters.get(name);
        if (value == null || value.toString().isBlank()) {
            return null;
        }
        try {
            return LocalDate.parse(value.toString());
        } catch (DateTimeException notADate) {
            throw new EngineException(
                    ErrorCode.INVALID_PARAMETER,
                    "parameters." + name + ": is a calendar day as YYYY-MM-DD.");
        }
    }
}
