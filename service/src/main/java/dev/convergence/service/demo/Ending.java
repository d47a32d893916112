package dev.convergence.service.demo;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import tools.jackson.databind.JsonNode;

/// How a run of the demo ended.
///
/// @param rows that are in the data set now
/// @param error what went wrong; empty when nothing did
record Ending(
        DueRun run,
        String state,
        long rows,
        long checksPassed,
        long checksFailed,
        BigDecimal seconds,
        String error) {

    private static final String RUNS = "/api/v1/pipelines/runs/";
    private static final int MILLIS_DIGITS = 3;

    /// Asks for what a run left behind.
    static Ending of(DueRun due, JsonNode run) throws InterruptedException {
        String id = RUNS + run.path("pipeline_logging_id").asString();
        JsonNode steps = due.client().get(id + "/steps").path("steps");
        JsonNode quality = due.client().get(id + "/dq-results");
        return new Ending(
                due,
                run.path("state").asString(),
                published(steps),
                quality.path("expectations_passed").asLong(),
                quality.path("expectations_failed").asLong(),
                BigDecimal.valueOf(run.path("duration_ms").asLong(0), MILLIS_DIGITS)
                        .setScale(1, RoundingMode.HALF_UP),
                run.path("error_message").asString(""));
    }

    boolean isCompleted() {
        return state.equals("COMPLETED");
    }

    List<String> cells() {
        return List.of(
                run.tenant().name(),
                run.pipeline().path(),
                state,
                Long.toString(rows),
                checksPassed + "/" + checksFailed,
                seconds.toPlainString());
    }

    private static long published(JsonNode steps) {
        return steps.valueStream()
                .filter(step -> step.path("step_type").asString("").equals("warehouse.publish"))
                .mapToLong(step -> step.path("rows_written").asLong())
                .sum();
    }
}
