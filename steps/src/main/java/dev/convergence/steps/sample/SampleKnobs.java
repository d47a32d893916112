package dev.convergence.steps.sample;

import dev.convergence.engine.error.EngineException;
import dev.convergence.engine.id.TenantId;
import java.util.Map;

/// What a caller may turn about generated files; what is not set gives clean, small files.
///
/// | parameter | default | meaning |
/// |---|---|---|
/// | `sample_seed` | the tenant | other seeds give other amounts and accounts |
/// | `sample_rows_per_day` | 40 | lines of each day, 1 to 100,000 |
/// | `sample_edition` | 1 | 1: the first export of the days; 2 and later: what a later export of the
/// same days holds |
/// | `sample_late_percent` | 0 | share of lines that are missing from edition 1 |
/// | `sample_restated_percent` | 0 | share of lines whose amounts are 10 % higher from edition 2 on |
/// | `sample_broken_rows` | 0 | so many first lines cannot be read |
/// | `sample_cross_month_percent` | 0 | share of the lines of a month's last three days that are
/// billed in the next month |
record SampleKnobs(
        String seed,
        int rowsPerDay,
        int edition,
        int latePercent,
        int restatedPercent,
        int brokenRows,
        int crossMonthPercent) {

    static final int ROWS_PER_DAY_MAX = 100_000;
    private static final int ROWS_PER_DAY = 40;
    private static final int EDITIONS_MAX = 1_000;
    private static final int HUNDRED = 100;

    static SampleKnobs of(TenantId tenant, Map<String, Object> parameters) {
        return new SampleKnobs(
                String.valueOf(parameters.getOrDefault("sample_seed", tenant.value())),
                whole(parameters, "sample_rows_per_day", ROWS_PER_DAY, 1, ROWS_PER_DAY_MAX),
                whole(parameters, "sample_edition", 1, 1, EDITIONS_MAX),
                whole(parameters, "sample_late_percent", 0, 0, HUNDRED),
                whole(parameters, "sample_restated_percent", 0, 0, HUNDRED),
                whole(parameters, "sample_broken_rows", 0, 0, ROWS_PER_DAY_MAX),
                whole(parameters, "sample_cross_month_percent", 0, 0, HUNDRED));
    }

    boolean firstEdition() {
        return edition == 1;
    }

    private static int whole(
            Map<String, Object> parameters, String name, int otherwise, int low, int high) {
        String text = String.valueOf(parameters.getOrDefault(name, otherwise));
        if (!text.matches("\\d{1,9}")) {
            throw outside(name, low, high);
        }
        int value = Integer.parseInt(text);
        if (value < low || value > high) {
            throw outside(name, low, high);
        }
        return value;
    }

    private static EngineException outside(String name, int low, int high) {
        return EngineException.invalidField(
                name, "OUT_OF_RANGE", "must be a whole number from " + low + " to " + high + ".");
    }
}
