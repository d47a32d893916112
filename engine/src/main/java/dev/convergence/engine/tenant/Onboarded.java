package dev.convergence.engine.tenant;

import dev.convergence.engine.warehouse.Warehouse;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What an onboarding brought about.
///
/// @param key null when the tenant keeps the key it had
/// @param verified whether the data set answered with the tables it must have
public record Onboarded(
        Tenant tenant, @Nullable IssuedKey key, Warehouse.Dataset dataset, boolean verified) {

    /// The tables that every data set has.
    public static final List<String> META_TABLES =
            List.of("x_meta_pipeline_runs", "x_meta_step_logs", "x_meta_dq_results");
}
