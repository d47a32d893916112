package dev.convergence.engine.webhook;

import dev.convergence.engine.id.TenantId;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Something else than the end of a run that a tenant may want to hear of.
///
/// @param group the group it is about; an endpoint hears of a group once under each name
/// @param status shown beside the event
/// @param data what is told, in the words of the API, as it was when it happened
public record Happening(
        TenantId tenant,
        EventName event,
        @Nullable UUID group,
        @Nullable String status,
        Map<String, Object> data) {

    /// Of a group that has ended, named after its status: COMPLETED, PARTIAL or CANCELLED.
    public static Happening ofGroup(
            TenantId tenant, UUID group, String status, Map<String, Object> data) {
        return new Happening(tenant, EventName.valueOf("JOB_GROUP_" + status), group, status, data);
    }

    /// Of an endpoint that the server has switched off.
    static Happening ofDisabled(TenantId tenant, UUID endpoint, String reason) {
        return new Happening(
                tenant,
                EventName.WEBHOOK_ENDPOINT_DISABLED,
                null,
                null,
                Map.of("endpoint_id", endpoint.toString(), "disabled_reason", reason));
    }

    /// Of a tenant's quota: QUOTA_WARNING or QUOTA_EXHAUSTED.
    public static Happening ofQuota(TenantId tenant, EventName event, Map<String, Object> data) {
        return new Happening(tenant, event, null, null, data);
    }
}
