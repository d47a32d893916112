package dev.convergence.steps.quality;

import java.util.List;

/// The rules that publishing checks, which are about a load and those before it: the suite
/// `history`.
public final class LoadRules {

    public static final String SUITE = "history";
    public static final String ROWS_AS_USUAL = "dq02_rows_as_usual";
    public static final String ROWS_NEAR_USUAL = "dq02_rows_near_usual";
    public static final String ROWS_AS_IN_28_LOADS = "dq02_rows_as_in_28_loads";
    public static final String ROWS_NEAR_28_LOADS = "dq02_rows_near_28_loads";
    public static final String COST_BY_MONTH = "dq04_billed_cost_by_month";
    public static final String EXPORTS_AGREE = "dq04_exports_agree";
    public static final String NOT_RESTATED = "dq05_not_restated";
    public static final String NO_ANOMALY = "dq26_no_cost_anomaly";
    public static final String NO_SILENT_LOSS = "dq28_no_silent_loss";
    public static final String NO_NEW_COLUMN = "dq30_no_new_column";
    public static final String NO_COLUMN_GONE = "dq30_no_column_gone";
    public static final String NO_TYPE_CHANGED = "dq30_no_type_changed";

    static final List<String> ALL =
            List.of(
                    ROWS_AS_USUAL,
                    ROWS_NEAR_USUAL,
                    ROWS_AS_IN_28_LOADS,
                    ROWS_NEAR_28_LOADS,
                    COST_BY_MONTH,
                    EXPORTS_AGREE,
                    NOT_RESTATED,
                    NO_ANOMALY,
                    NO_SILENT_LOSS,
                    NO_NEW_COLUMN,
                    NO_COLUMN_GONE,
                    NO_TYPE_CHANGED);

    private LoadRules() {}
}
