package dev.convergence.service.http.tenant;

import dev.convergence.api.tenant.MeAnswer;
import dev.convergence.api.tenant.TenantAnswer;
import dev.convergence.api.tenant.TenantDeletedAnswer;
import dev.convergence.api.tenant.TenantsAnswer;
import dev.convergence.engine.id.TenantId;
import dev.convergence.engine.tenant.Tenant;
import dev.convergence.engine.tenant.TenantPage;
import dev.convergence.service.http.Caller;
import dev.convergence.service.http.Cursor;
import java.util.List;
import java.util.Map;

/// Tenants' words on the wire.
final class TenantWords {

    /// The name of the list, for its cursors.
    static final String LIST = "tenants";

    private TenantWords() {}

    static TenantAnswer answer(Tenant tenant) {
        String id = tenant.id().value();
        return new TenantAnswer(
                id,
                id,
                tenant.companyName(),
                tenant.adminEmail(),
                tenant.plan().name(),
                tenant.status().name(),
                tenant.status().isUsable(),
                tenant.suspendedReason(),
                tenant.createdAt(),
                tenant.updatedAt());
    }

    static TenantsAnswer answer(TenantPage page) {
        List<TenantAnswer> tenants = page.tenants().stream().map(TenantWords::answer).toList();
        String next = page.next() == null ? null : Cursor.encode(LIST, page.next());
        return new TenantsAnswer(
                tenants, tenants, page.total(), page.page(), page.pageSize(), next);
    }

    static TenantDeletedAnswer deleted(TenantId tenant, Map<String, Long> counts) {
        String id = tenant.value();
        return new TenantDeletedAnswer(
                id, id, true, counts, "Tenant " + id + " and all of its data are deleted.");
    }

    static MeAnswer me(Caller.Tenant caller, Tenant tenant) {
        String id = tenant.id().value();
        return new MeAnswer(
                "TENANT",
                id,
                id,
                tenant.companyName(),
                tenant.plan().name(),
                tenant.status().name(),
                caller.apiKeyId(),
                caller.scopes().stream().sorted().toList());
    }

    static MeAnswer operator() {
        return new MeAnswer("OPERATOR", null, null, null, null, null, null, List.of());
    }
}
