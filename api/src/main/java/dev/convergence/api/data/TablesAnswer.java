package dev.convergence.api.data;

import java.util.List;

/// The tables and views of a data set.
public record TablesAnswer(
        String tenantId, String customerId, String datasetId, List<Table> tables, int total) {

    public record Table(String name, String type, long rows, List<QueryAnswer.Column> columns) {}
}
