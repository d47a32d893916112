package dev.convergence.service.http.data;

import dev.convergence.api.data.QueryAnswer;
import dev.convergence.api.data.QueryRequest;
import dev.convergence.api.data.TablesAnswer;
import dev.convergence.engine.error.EngineException;
import dev.convergence.engine.id.TenantId;
import dev.convergence.engine.recovery.RunRecordCopier;
import dev.convergence.engine.warehouse.Warehouse;
import dev.convergence.engine.warehouse.Warehouse.Column;
import dev.convergence.engine.warehouse.Warehouse.QueryResult;
import dev.convergence.service.http.Access;
import dev.convergence.service.http.Scope;
import dev.convergence.service.http.Who;
import java.util.List;
import java.util.Objects;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/// A tenant's own data set: what is in it, and one SELECT at a time.
@RestController
public final class DataRoutes {

    private static final int LIMIT_DEFAULT = 1000;

    private final Warehouse warehouse;
    private final RunRecordCopier copier;

    public DataRoutes(Warehouse warehouse, RunRecordCopier copier) {
        this.warehouse = warehouse;
        this.copier = copier;
    }

    @Access(value = Who.TENANT_OR_OPERATOR, scope = Scope.PIPELINES_READ)
    @GetMapping({
        "/api/v1/tenants/{tenant_id}/data/tables",
        "/api/v1/customers/{tenant_id}/data/tables"
    })
    public TablesAnswer tables(@PathVariable("tenant_id") String tenantId) {
        TenantId tenant = new TenantId(tenantId);
        copier.copy(tenant);
        List<TablesAnswer.Table> tables =
                warehouse.tables(tenant).stream()
                        .map(t ->
                                new TablesAnswer.Table(
                                        t.name(), t.kind(), t.rows(), columns(t.columns())))
                        .toList();
        return new TablesAnswer(tenantId, tenantId, tenantId, tables, tables.size());
    }

    /// Records of runs that ended before the question are there when it is answered.
    @Access(value = Who.TENANT_OR_OPERATOR, scope = Scope.PIPELINES_READ)
    @PostMapping({
        "/api/v1/tenants/{tenant_id}/data/query",
        "/api/v1/customers/{tenant_id}/data/query"
    })
    public QueryAnswer query(
            @PathVariable("tenant_id") String tenantId, @RequestBody QueryRequest request) {
        String sql = request.sql();
        if (sql == null || sql.isBlank()) {
            throw EngineException.invalidField("sql", "REQUIRED", "is required: one SELECT.");
        }
        TenantId tenant = new TenantId(tenantId);
        copier.copy(tenant);
        return answer(
                warehouse.query(
                        tenant, sql, Objects.requireNonNullElse(request.limit(), LIMIT_DEFAULT)));
    }

    private static QueryAnswer answer(QueryResult result) {
        return new QueryAnswer(
                columns(result.columns()),
                result.rows(),
                result.rows().size(),
                result.truncated(),
                result.elapsedMillis());
    }

    private static List<QueryAnswer.Column> columns(List<Column> columns) {
        return columns.stream().map(c -> new QueryAnswer.Column(c.name(), c.type())).toList();
    }
}
