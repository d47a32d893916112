package dev.convergence.service.http.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What a write does to what, by its route.
class ActTest {

    @ParameterizedTest
    @CsvSource({
        "POST, /api/v1/tenants/{tenant_id}/notifications/channels, channels.create, ,",
        "PATCH, /api/v1/tenants/{tenant_id}/notifications/channels/{id}, channels.change, 7, 0",
        "POST, /api/v1/tenants/{tenant_id}/notifications/channels/{id}/test, channels.test, 7, 1",
        "DELETE, /api/v1/customers/{tenant_id}, tenants.delete, acme, 0",
        "POST, /api/v1/tenants/{tenant_id}/suspend, tenants.suspend, acme, 1",
        "POST, /api/v1/tenants/onboard, tenants.onboard, ,",
        "POST, /api/v1/jobs, jobs.create, ,",
        "POST, /api/v1/jobs/{id}/cancel, jobs.cancel, 7, 1",
        "POST, /api/v1/scheduler/reset-daily-quotas, scheduler.reset-daily-quotas, ,",
        "POST, /api/v1/scheduler/trigger, scheduler.trigger, ,",
        "PUT, /api/v1/tenants/{tenant_id}/quota, quota.replace, , 0",
    })
    void the_route_says_what_is_done(
            String method,
            String pattern,
            String action,
            @Nullable String id,
            @Nullable Integer stripped) {
        String path = pattern.replace("{tenant_id}", "acme").replace("{id}", "7");
        Act act = Act.of(method, pattern, path, Map.of("tenant_id", "acme", "id", "7"));

        assertThat(act.action()).isEqualTo(action);
        assertThat(act.resourceId()).isEqualTo(id);
        String before =
                stripped == null
                        ? null
                        : stripped == 0 ? path : path.substring(0, path.lastIndexOf('/'));
        assertThat(act.beforePath()).isEqualTo(before);
    }
}
