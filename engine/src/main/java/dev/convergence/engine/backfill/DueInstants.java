package dev.convergence.engine.backfill;

import dev.convergence.engine.error.EngineException;
import dev.convergence.engine.pipeline.PipelineConfig;
import dev.convergence.engine.time.Cadence;
import dev.convergence.engine.time.CronExpression;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The instants at which a config's present schedule was due on past days. Pure.
final class DueInstants {

    /// Two years of an hourly config; more come in parts, so that no answer and no plan is huge.
    static final int INSTANTS_MAX = 20_000;

    private DueInstants() {}

    /// From the start of the first day to the end of the last, in the config's zone; none is after
    /// `now`.
    ///
    /// @throws EngineException INVALID_FIELD when there are more than one backfill takes
    static List<Instant> of(PipelineConfig config, LocalDate start, LocalDate end, Instant now) {
        Cadence cadence =
                config.policy().cadence(CronExpression.parse(config.cron()), config.zone());
        Instant last = end.plusDays(1).atStartOfDay(config.zone()).toInstant().minusMillis(1);
        Instant bound = last.isBefore(now) ? last : now;
        Instant from = start.atStartOfDay(config.zone()).toInstant().minusMillis(1);
        List<Instant> found = new ArrayList<>();
        Optional<Instant> due = cadence.next(from);
        while (due.isPresent() && !due.get().isAfter(bound)) {
            if (found.size() == INSTANTS_MAX) {
                throw EngineException.invalidField(
                        "end_date",
                        "TOO_MANY_INSTANTS",
                        "a backfill has at most "
                                + INSTANTS_MAX
                                + " instants; ask for the days in parts.");
            }
            found.add(due.get());
            due = cadence.next(due.get());
        }
        return found;
    }
}
