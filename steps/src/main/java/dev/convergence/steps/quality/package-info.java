/// Data quality: suites of rules that are measured in SQL over the whole of a staged table.
///
/// The extract step leaves what it read in the staging table `load_source_totals(table_name
/// VARCHAR, source_rows BIGINT, source_cost DECIMAL(38,20))`, one row for each raw table; the
/// reconciling rules compare the staged rows and their Σ cost with it. What a rule sends into
/// quarantine stands in `load_left_out_{table}`, for publishing to leave out. Imports the step
/// port, the staging database and Jackson only.
@NullMarked
package dev.convergence.steps.quality;

import org.jspecify.annotations.NullMarked;
