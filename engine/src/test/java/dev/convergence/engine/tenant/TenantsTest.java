package dev.convergence.engine.tenant;

import static dev.convergence.engine.tenant.House.NOW;
import static dev.convergence.engine.tenant.Refusals.refused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.convergence.engine.error.ErrorCode;
import dev.convergence.engine.id.TenantId;
import dev.convergence.engine.subscription.SubscriptionChange;
import dev.convergence.engine.subscription.SubscriptionChange.Bounds;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class TenantsTest {

    private static final House HOUSE = House.build();

    private final Tenants tenants = HOUSE.tenants;

    @Test
    void a_suspended_tenant_is_known_as_such_by_its_key_and_its_schedules() {
        Onboarded onboarded = HOUSE.onboard("suspended");
        TenantId id = onboarded.tenant().id();
        String key = Objects.requireNonNull(onboarded.key()).clearText();
        config("suspended", "00000000-0000-7000-8000-000000000001");

        assertThat(tenants.suspend(id, "unpaid", NOW).suspendedReason()).isEqualTo("unpaid");

        assertThat(HOUSE.keys.authenticate(key, NOW).standing().tenantStatus())
                .isEqualTo(TenantStatus.SUSPENDED);
        assertThat(suspendedSchedules("suspended")).isOne();
        refused(ErrorCode.CONFLICT, () -> tenants.suspend(id, null, NOW));

        assertThat(tenants.activate(id, NOW).suspendedReason()).isNull();
        assertThat(suspendedSchedules("suspended")).isZero();
        refused(ErrorCode.CONFLICT, () -> tenants.activate(id, NOW));
    }

    @Test
    void an_update_changes_what_it_names() {
        TenantId id = HOUSE.onboard("updated").tenant().id();

        Tenant updated = tenants.update(id, new TenantUpdate("New Name", null), NOW);

        assertThat(updated.companyName()).isEqualTo("New Name");
        assertThat(updated.adminEmail()).isEqualTo("a@acme.com");
        refused(
                ErrorCode.INVALID_REQUEST,
                () -> tenants.update(id, new TenantUpdate(null, null), NOW));
        refused(
                ErrorCode.INVALID_FIELD,
                () -> tenants.update(id, new TenantUpdate("", "mail"), NOW));
        refused(
                ErrorCode.RESOURCE_NOT_FOUND,
                () -> tenants.update(new TenantId("nobody"), new TenantUpdate("New", null), NOW));
    }

    @Test
    void tenants_are_found_by_page_cursor_filter_and_text() {
        House house = House.build();
        Stream.of("b_two", "a_one", "c_three").forEach(house::onboard);
        house.onboard("d_scale", "SCALE");

        TenantPage first = house.tenants.list(query(1, 3, null, null, null));
        assertThat(ids(first)).containsExactly("a_one", "b_two", "c_three");
        assertThat(first.total()).isEqualTo(4);
        assertThat(ids(house.tenants.list(query(1, 3, first.next(), null, null))))
                .containsExactly("d_scale");
        assertThat(ids(house.tenants.list(query(2, 3, null, null, null))))
                .containsExactly("d_scale");
        assertThat(ids(house.tenants.list(query(1, 3, null, "scale", null))))
                .containsExactly("d_scale");
        assertThat(ids(house.tenants.list(query(1, 3, null, null, "B_T"))))
                .containsExactly("b_two");
        assertThat(house.tenants.list(query(1, 3, null, null, "%")).total()).isZero();
        refused(
                ErrorCode.INVALID_FIELD,
                () -> house.tenants.list(query(0, 101, null, "GOLD", null)));
    }

    @Test
    void a_departure_takes_everything_and_the_same_id_may_come_again_afresh() {
        Onboarded first = HOUSE.onboard("leaving");
        TenantId id = first.tenant().id();
        String key = Objects.requireNonNull(first.key()).clearText();
        config("leaving", "00000000-0000-7000-8000-000000000002");
        HOUSE.execute(
                "INSERT INTO job (job_id, tenant_id, job_type, priority)"
                        + " VALUES (gen_random_uuid(), 'leaving', 'probe', 5)");
        HOUSE.execute("UPDATE quota_usage SET run_today = 6 WHERE tenant_id = 'leaving'");

        Map<String, Long> counts = HOUSE.departure.delete(id);

        assertThat(counts)
                .containsEntry("tenants", 1L)
                .containsEntry("api_keys", 1L)
                .containsEntry("pipeline_configs", 1L)
                .containsEntry("jobs", 1L);
        assertThat(HOUSE.stopped).contains(id);
        assertThat(HOUSE.warehouse.exists(id)).isFalse();
        refused(ErrorCode.INVALID_API_KEY, () -> HOUSE.keys.authenticate(key, NOW));
        refused(ErrorCode.RESOURCE_NOT_FOUND, () -> HOUSE.departure.delete(id));

        HOUSE.onboard("leaving");
        assertThat(HOUSE.usages.today(id, NOW).today().run()).isZero();
        assertThat(HOUSE.count("SELECT count(*) FROM schedule WHERE tenant_id = 'leaving'"))
                .isZero();
    }

    @Test
    void departures_onboardings_and_changes_at_the_same_time_leave_all_or_nothing() {
        House house = House.build();
        TenantId id = house.onboard("restless").tenant().id();

        Together.refusalsOf(
                24,
                number -> {
                    switch (number % 3) {
                        case 0 -> house.departure.delete(id);
                        case 1 -> house.onboard("restless");
                        default ->
                                house.subscriptions.change(
                                        id,
                                        SubscriptionChange.limits(null, null, number),
                                        Bounds.QUOTA,
                                        NOW);
                    }
                });

        long expected = house.tenants.find(id).isPresent() ? 1 : 0;
        assertThat(house.count("SELECT count(*) FROM lane")).isEqualTo(expected);
        assertThat(house.count("SELECT count(*) FROM subscription")).isEqualTo(expected);
        assertThat(house.count("SELECT count(*) FROM api_key")).isEqualTo(expected);
        assertThat(house.warehouse.exists(id)).isEqualTo(expected == 1);
    }

    private static void config(String tenant, String id) {
        HOUSE.execute(
                "INSERT INTO pipeline_config (config_id, tenant_id, provider, domain,"
                        + " template_name, pipeline_name, schedule_cron, created_at, updated_at) VALUES ('"
                        + id
                        + "', '"
                        + tenant
                        + "', 'GCP', 'COST', 'cost_billing', 'p', '0 2 * * *',"
                        + " now(), now())");
        HOUSE.execute(
                "INSERT INTO schedule (config_id, tenant_id, next_fire, is_enabled) VALUES ('"
                        + id
                        + "', '"
                        + tenant
                        + "', now(), true)");
    }

    private static long suspendedSchedules(String tenant) {
        return HOUSE.count(
                "SELECT count(*) FROM schedule WHERE is_suspended AND tenant_id = '"
                        + tenant
                        + "'");
    }

    private static TenantQuery query(
            int page,
            int size,
            @Nullable String cursor,
            @Nullable String plan,
            @Nullable String search) {
        return new TenantQuery(page, size, null, cursor, "active", plan, search);
    }

    private static Stream<String> ids(TenantPage page) {
        return page.tenants().stream().map(tenant -> tenant.id().value());
    }
}
