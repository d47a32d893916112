package dev.convergence.api.admin;

import java.util.List;

/// Which central tables there are now; their names are those of the schema `tenants`.
///
/// @param datasetCreated whether the schema was not there before
public record BootstrapAnswer(
        String status,
        boolean datasetCreated,
        List<String> tablesCreated,
        List<String> tablesExisted,
        int totalTables,
        String message) {}
