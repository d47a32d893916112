package dev.convergence.steps.source;

import java.util.List;

/// The columns that say where a row of the warehouse came from; they are never null.
public final class Lineage {

    public static final String PROVIDER = "x_provider";
    public static final String RUN = "x_run_id";
    public static final String FILE = "x_source_file";
    public static final String LOADED_AT = "x_loaded_at";

    /// The day of the load, which Google's raw table has by name.
    public static final String INGESTION_DATE = "ingestion_date";

    public static final List<Column> COLUMNS =
            List.of(
                    Column.text(PROVIDER),
                    Column.text(RUN),
                    Column.text(FILE),
                    Column.time(LOADED_AT));

    /// What a checksum leaves out, so that the same bill loaded again has the same one.
    public static final List<String> CHANGES_WITH_EACH_LOAD =
            List.of(RUN, FILE, LOADED_AT, INGESTION_DATE);

    private Lineage() {}
}
