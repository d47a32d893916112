package dev.convergence.engine.backfill;

import dev.convergence.engine.backfill.Backfill.Request;
import dev.convergence.engine.error.FieldFaults;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;

/// What a backfill may ask for.
final class BackfillRules {

    static final int DAYS_MAX = 730;
    static final int CONCURRENT_MAX = 100;
    static final int DAYS_BACK_MAX = 31;

    private BackfillRules() {}

    /// @throws dev.convergence.engine.error.EngineException INVALID_FIELD with all faults
    static void check(Request request, ZoneId zone, Instant now) {
        FieldFaults faults = new FieldFaults();
        LocalDate today = LocalDate.ofInstant(now, zone);
        if (request.end().isBefore(request.start())) {
            faults.add("end_date", "OUT_OF_RANGE", "must not be before start_date.");
        } else if (ChronoUnit.DAYS.between(request.start(), request.end()) >= DAYS_MAX) {
            faults.add(
                    "end_date",
                    "OUT_OF_RANGE",
                    "a backfill spans at most " + DAYS_MAX + " days; ask for them in parts.");
        }
        if (request.end().isAfter(today)) {
            faults.add(
                    "end_date",
                    "OUT_OF_RANGE",
                    "is not after today, " + today + " in " + zone + ".");
        }
        faults.range("max_concurrent", request.concurrentMax(), 1, CONCURRENT_MAX);
        faults.range("days_back", request.daysBack(), 0, DAYS_BACK_MAX);
        faults.refuseIfAny();
    }
}
