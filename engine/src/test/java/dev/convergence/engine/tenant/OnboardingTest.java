package dev.convergence.engine.tenant;

import static dev.convergence.engine.tenant.House.NOW;
import static dev.convergence.engine.tenant.House.OPERATOR;
import static dev.convergence.engine.tenant.House.wish;
import static dev.convergence.engine.tenant.Refusals.refused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.convergence.engine.error.EngineException;
import dev.convergence.engine.error.ErrorCode;
import dev.convergence.engine.error.FieldError;
import dev.convergence.engine.id.TenantId;
import dev.convergence.engine.subscription.Limits;
import dev.convergence.engine.subscription.Plan;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OnboardingTest {

    private static final House HOUSE = House.build();

    @Test
    void a_new_tenant_has_everything_it_needs_and_its_key_works_at_once() {
        Onboarded onboarded = HOUSE.onboard("acme_corp", "professional");

        TenantId tenant = onboarded.tenant().id();
        IssuedKey key = key(onboarded);
        assertThat(key.clearText()).matches("acme_corp_api_[A-Za-z0-9_-]{32,}");
        assertThat(HOUSE.keys.authenticate(key.clearText(), NOW).tenant()).isEqualTo(tenant);
        assertThat(HOUSE.keys.authenticate(key.clearText(), NOW).scopes())
                .containsExactlyInAnyOrderElementsOf(Scopes.ALL);
        assertThat(onboarded.dataset().created()).isTrue();
        assertThat(onboarded.dataset().tables()).isEqualTo(Onboarded.META_TABLES);
        assertThat(onboarded.verified()).isTrue();
        assertThat(HOUSE.subscriptions.get(tenant).limits()).isEqualTo(new Limits(25, 750, 3));
        assertThat(
                        HOUSE.count(
                                "SELECT count(*) FROM quota_usage WHERE tenant_id = 'acme_corp'"
                                        + " AND usage_date = '2026-03-01'"))
                .isOne();
        assertThat(HOUSE.count("SELECT concurrent_limit FROM lane WHERE tenant_id = 'acme_corp'"))
                .isEqualTo(3);
    }

    @Test
    void the_same_id_wanted_by_many_at_once_goes_to_exactly_one() {
        List<ErrorCode> refusals =
                Together.refusalsOf(12, number -> HOUSE.onboard("wanted_by_many"));

        assertThat(refusals).isEqualTo(Collections.nCopies(11, ErrorCode.DUPLICATE_TENANT_ID));
        assertThat(HOUSE.count("SELECT count(*) FROM api_key WHERE tenant_id = 'wanted_by_many'"))
                .isOne();
    }

    @Test
    void an_id_that_differs_only_in_letter_case_is_a_duplicate() {
        HOUSE.onboard("case_matters");

        refused(ErrorCode.DUPLICATE_TENANT_ID, () -> HOUSE.onboard("CASE_Matters"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ab",
                "has-hyphen",
                "has space",
                "'; DROP TABLE tenant;--",
                "../etc",
                "onboard",
                "Temp",
                "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
            })
    void a_bad_id_is_a_fault_of_its_field(String id) {
        EngineException refusal = refused(ErrorCode.INVALID_FIELD, () -> HOUSE.onboard(id));

        assertThat(refusal.fields()).extracting(FieldError::field).containsExactly("tenant_id");
    }

    @Test
    void all_faults_of_a_request_are_told_at_once() {
        NewTenant wish = new NewTenant(null, "A\u0000B", "no-mail", "GOLD", false, false, false);

        EngineException refusal =
                refused(
                        ErrorCode.INVALID_FIELD,
                        () -> HOUSE.onboarding.onboard(wish, OPERATOR, NOW));

        assertThat(refusal.fields())
                .extracting(FieldError::field)
                .containsExactly("tenant_id", "company_name", "admin_email", "subscription_plan");
    }

    @Test
    void a_plan_that_is_not_named_is_the_starter() {
        NewTenant wish =
                new NewTenant("no_plan", "No Plan", "a@b.example", null, false, false, false);

        Onboarded onboarded = HOUSE.onboarding.onboard(wish, OPERATOR, NOW);

        assertThat(onboarded.tenant().plan()).isEqualTo(Plan.STARTER);
    }

    @Test
    void nothing_of_a_tenant_is_left_when_its_data_set_cannot_be_made() {
        House house = House.build();
        house.warehouse.refuse(true);

        refused(ErrorCode.SERVICE_UNAVAILABLE, () -> house.onboard("unlucky"));

        assertThat(house.tenants.find(new TenantId("unlucky"))).isEmpty();
        assertThat(house.count("SELECT count(*) FROM lane")).isZero();
        assertThat(house.warehouse.exists(new TenantId("unlucky"))).isFalse();
        house.warehouse.refuse(false);
        assertThat(house.onboard("unlucky").verified()).isTrue();
    }

    @Test
    void a_data_set_without_a_tenant_is_neither_handed_over_nor_deleted_unasked() {
        TenantId id = new TenantId("left_over");
        HOUSE.warehouse.create(id);

        refused(ErrorCode.CONFLICT, () -> HOUSE.onboard("left_over"));

        NewTenant forced =
                new NewTenant("left_over", "Left Over", "a@b.example", null, true, false, false);
        assertThat(HOUSE.onboarding.onboard(forced, OPERATOR, NOW).dataset().created()).isTrue();
    }

    @Test
    void only_the_operator_brings_tenants_unless_onboarding_is_open() {
        Requester stranger = new Requester.Stranger();
        Requester other = new Requester.Owner(new TenantId("someone"), Set.of(Scopes.ANY), null);

        refused(ErrorCode.UNAUTHORIZED, () -> onboardBy(HOUSE.onboarding, stranger));
        refused(
                ErrorCode.UNAUTHORIZED,
                () -> HOUSE.rehearsal.rehearse(wish("brought", "SCALE"), stranger, NOW));
        refused(ErrorCode.FORBIDDEN, () -> onboardBy(HOUSE.onboarding, other));
        assertThat(onboardBy(HOUSE.openOnboarding, stranger).key()).isNotNull();
    }

    @Test
    void recreating_a_data_set_needs_the_tenants_own_key_and_keeps_that_key() {
        Onboarded first = HOUSE.onboard("to_recreate");
        NewTenant again =
                new NewTenant("to_recreate", "Other", "x@y.example", "SCALE", true, false, false);
        TenantId id = first.tenant().id();

        refused(
                ErrorCode.FORBIDDEN,
                () -> HOUSE.openOnboarding.onboard(again, new Requester.Stranger(), NOW));
        refused(
                ErrorCode.INSUFFICIENT_SCOPE,
                () ->
                        HOUSE.onboarding.onboard(
                                again,
                                new Requester.Owner(id, Set.of("pipelines:read"), null),
                                NOW));
        Onboarded second =
                HOUSE.onboarding.onboard(
                        again, new Requester.Owner(id, Set.copyOf(Scopes.ALL), null), NOW);

        assertThat(second.key()).isNull();
        assertThat(second.tenant()).isEqualTo(first.tenant());
        assertThat(second.dataset().created()).isTrue();
        assertThat(HOUSE.keys.authenticate(key(first).clearText(), NOW).tenant()).isEqualTo(id);
    }

    @Test
    void rotating_the_key_of_a_tenant_leaves_one_new_key() {
        Onboarded first = HOUSE.onboard("to_rotate");
        NewTenant again =
                new NewTenant("to_rotate", "Same", "a@b.example", null, false, true, true);

        Onboarded second = HOUSE.onboarding.onboard(again, OPERATOR, NOW);

        String fresh = key(second).clearText();
        assertThat(HOUSE.keys.authenticate(fresh, NOW).tenant()).isEqualTo(first.tenant().id());
        refused(
                ErrorCode.INVALID_API_KEY,
                () -> HOUSE.keys.authenticate(key(first).clearText(), NOW));
    }

    @Test
    void a_rehearsal_passes_before_the_onboarding_and_fails_after_it() {
        assertThat(HOUSE.rehearsal.rehearse(wish("rehearsed", "SCALE"), OPERATOR, NOW).isReady())
                .isTrue();
        assertThat(HOUSE.warehouse.exists(new TenantId("rehearsed"))).isFalse();

        HOUSE.onboard("rehearsed");

        DryRun after = HOUSE.rehearsal.rehearse(wish("rehearsed", "SCALE"), OPERATOR, NOW);
        assertThat(after.isReady()).isFalse();
        assertThat(after.checks())
                .filteredOn(check -> !check.passed())
                .extracting(DryRun.Check::name)
                .containsExactly("tenant_existence");
    }

    @Test
    void a_rehearsal_answers_with_its_checks_even_when_they_fail() {
        NewTenant wish = new NewTenant("fresh", "Fresh", "no-mail", "GOLD", false, false, false);

        assertThat(HOUSE.rehearsal.rehearse(wish, OPERATOR, NOW).checks())
                .filteredOn(check -> !check.passed())
                .extracting(DryRun.Check::name)
                .containsExactly("email_format", "subscription_plan");
    }

    private static Onboarded onboardBy(Onboarding onboarding, Requester by) {
        return onboarding.onboard(wish("brought", "STARTER"), by, NOW);
    }

    private static IssuedKey key(Onboarded onboarded) {
        assertThat(onboarded.key()).isNotNull();
        return Objects.requireNonNull(onboarded.key());
    }
}
