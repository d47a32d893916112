package dev.convergence.engine.backfill;

import dev.convergence.engine.backfill.Backfill.Request;
import dev.convergence.engine.pipeline.PipelineConfig;
import java.time.Instant;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.Map;

/// Which day the run of an instant loads. Pure.
final class Days {

    private Days() {}

    /// The instant's day in the config's time zone, or so many days before it.
    static LocalDate of(Instant dueAt, PipelineConfig config, Request request) {
        return LocalDate.ofInstant(dueAt, config.zone()).minusDays(request.daysBack());
    }

    /// The config's parameters with that day instead of any dates of their own.
    static Map<String, Object> parameters(Instant dueAt, PipelineConfig config, Request request) {
        if (!request.carriesDate()) {
            return config.parameters();
        }
        Map<String, Object> parameters = new LinkedHashMap<>(config.parameters());
        parameters.remove("start_date");
        parameters.remove("end_date");
        parameters.put("date", of(dueAt, config, request).toString());
        return parameters;
    }
}
