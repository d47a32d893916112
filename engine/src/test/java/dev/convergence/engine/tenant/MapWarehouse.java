package dev.convergence.engine.tenant;

import dev.convergence.engine.error.EngineException;
import dev.convergence.engine.error.ErrorCode;
import dev.convergence.engine.id.TenantId;
import dev.convergence.engine.warehouse.MetaRows;
import dev.convergence.engine.warehouse.Warehouse;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// A warehouse that remembers which data sets there are, and can be told to refuse.
public final class MapWarehouse implements Warehouse {

    private final Set<TenantId> datasets = ConcurrentHashMap.newKeySet();
    private volatile boolean refusing;

    public void refuse(boolean refuse) {
        refusing = refuse;
    }

    @Override
    public Dataset create(TenantId tenant) {
        boolean created = datasets.add(tenant);
        if (refusing) {
            throw new EngineException(ErrorCode.SERVICE_UNAVAILABLE, "The disk is full.");
        }
        return new Dataset(created, created ? Onboarded.META_TABLES : List.of());
    }

    @Override
    public void drop(TenantId tenant) {
        datasets.remove(tenant);
    }

    @Override
    public boolean exists(TenantId tenant) {
        return datasets.contains(tenant);
    }

    @Override
    public List<Table> tables(TenantId tenant) {
        return exists(tenant)
                ? Onboarded.META_TABLES.stream()
                        .map(name -> new Table(name, "table", 0, List.of()))
                        .toList()
                : List.of();
    }

    @Override
    public QueryResult query(TenantId tenant, String sql, int limit) {
        throw new EngineException(ErrorCode.INVALID_QUERY, "There are no rows here.");
    }

    @Override
    public void recordRuns(TenantId tenant, MetaRows rows) {}

    @Override
    public Health health() {
        return new Health(!refusing, refusing ? "The disk is full." : "Fine.");
    }
}
