package dev.convergence.engine.subscription;

import static dev.convergence.engine.tenant.House.NOW;
import static dev.convergence.engine.tenant.Refusals.refused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.convergence.engine.error.EngineException;
import dev.convergence.engine.error.ErrorCode;
import dev.convergence.engine.error.FieldError;
import dev.convergence.engine.id.TenantId;
import dev.convergence.engine.subscription.SubscriptionChange.Bounds;
import dev.convergence.engine.tenant.House;
import java.math.BigDecimal;
import java.time.LocalDate;
import org.junit.jupiter.api.Test;

class SubscriptionsTest {

    private static final House HOUSE = House.build();

    private final Subscriptions subscriptions = HOUSE.subscriptions;

    @Test
    void the_plans_have_the_limits_that_are_sold() {
        assertThat(Plan.STARTER.limits()).isEqualTo(new Limits(6, 180, 1));
        assertThat(Plan.PROFESSIONAL.limits()).isEqualTo(new Limits(25, 750, 3));
        assertThat(Plan.SCALE.limits()).isEqualTo(new Limits(100, 3000, 10));
    }

    @Test
    void an_upgrade_raises_limits_price_and_lane() {
        TenantId tenant = tenant("upgraded");

        Subscription upgraded = subscriptions.upgrade(tenant, Plan.SCALE, NOW);

        assertThat(upgraded).isEqualTo(subscriptions.get(tenant));
        assertThat(upgraded.limits()).isEqualTo(Plan.SCALE.limits());
        assertThat(upgraded.monthlyPriceUsd()).isEqualTo(new BigDecimal("199.00"));
        assertThat(lane("upgraded")).isEqualTo(10);
        assertThat(HOUSE.tenants.get(tenant).plan()).isEqualTo(Plan.SCALE);
        refused(ErrorCode.INVALID_REQUEST, () -> subscriptions.upgrade(tenant, Plan.SCALE, NOW));
    }

    @Test
    void a_quota_reaches_the_lane_and_may_be_zero() {
        TenantId tenant = tenant("quota");

        subscriptions.change(tenant, SubscriptionChange.limits(1, null, 0), Bounds.QUOTA, NOW);

        assertThat(subscriptions.get(tenant).limits()).isEqualTo(new Limits(1, 180, 0));
        assertThat(lane("quota")).isZero();
    }

    @Test
    void a_change_of_nothing_and_values_out_of_range_are_refused() {
        TenantId tenant = tenant("ranges");

        refused(
                ErrorCode.INVALID_REQUEST,
                () ->
                        subscriptions.change(
                                tenant,
                                SubscriptionChange.limits(null, null, null),
                                Bounds.QUOTA,
                                NOW));
        EngineException refusal =
                refused(
                        ErrorCode.INVALID_FIELD,
                        () ->
                                subscriptions.change(
                                        tenant,
                                        SubscriptionChange.limits(-1, null, -1),
                                        Bounds.QUOTA,
                                        NOW));
        assertThat(refusal.fields())
                .extracting(FieldError::field)
                .containsExactly("daily_limit", "concurrent_limit");
        refused(
                ErrorCode.INVALID_FIELD,
                () ->
                        subscriptions.change(
                                tenant,
                                SubscriptionChange.limits(100_001, null, null),
                                Bounds.LIMITS,
                                NOW));
    }

    @Test
    void limits_named_beside_a_plan_win_over_the_plans() {
        TenantId tenant = tenant("both");
        SubscriptionChange change =
                new SubscriptionChange(
                        Plan.PROFESSIONAL, null, 40, null, null, null, null, null, null, null);

        subscriptions.change(tenant, change, Bounds.SUBSCRIPTION, NOW);

        assertThat(subscriptions.get(tenant).limits()).isEqualTo(new Limits(40, 750, 3));
    }

    @Test
    void an_end_before_the_start_is_refused() {
        TenantId tenant = tenant("reversed");
        SubscriptionChange change =
                new SubscriptionChange(
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        LocalDate.parse("2026-05-01"),
                        LocalDate.parse("2026-05-01"));

        refused(
                ErrorCode.INVALID_FIELD,
                () -> subscriptions.change(tenant, change, Bounds.SUBSCRIPTION, NOW));
    }

    @Test
    void a_tenant_that_is_not_there_has_no_subscription() {
        TenantId nobody = new TenantId("nobody");

        refused(ErrorCode.RESOURCE_NOT_FOUND, () -> subscriptions.get(nobody));
        refused(ErrorCode.RESOURCE_NOT_FOUND, () -> subscriptions.upgrade(nobody, Plan.SCALE, NOW));
    }

    private static TenantId tenant(String id) {
        return HOUSE.onboard(id).tenant().id();
    }

    private static long lane(String tenant) {
        return HOUSE.count("SELECT concurrent_limit FROM lane WHERE tenant_id = '" + tenant + "'");
    }
}
