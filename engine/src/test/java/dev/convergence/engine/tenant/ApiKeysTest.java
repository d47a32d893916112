package dev.convergence.engine.tenant;

import static dev.convergence.engine.tenant.House.NOW;
import static dev.convergence.engine.tenant.House.OPERATOR;
import static dev.convergence.engine.tenant.Refusals.refused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.convergence.engine.error.EngineException;
import dev.convergence.engine.error.ErrorCode;
import dev.convergence.engine.error.FieldError;
import dev.convergence.engine.id.TenantId;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ApiKeysTest {

    private static final House HOUSE = House.build();

    private final ApiKeys keys = HOUSE.keys;

    @Test
    void a_key_is_stored_as_its_hash_only() {
        IssuedKey issued = issue(tenant("hashed"), List.of("*"), null);

        assertThat(
                        HOUSE.count(
                                "SELECT count(*) FROM api_key WHERE api_key::text LIKE '%"
                                        + issued.clearText()
                                        + "%'"))
                .isZero();
        assertThat(issued.toString()).doesNotContain(issued.clearText());
    }

    @Test
    void a_key_without_named_scopes_may_do_everything() {
        IssuedKey issued = issue(tenant("unscoped"), null, null);

        assertThat(keys.authenticate(issued.clearText(), NOW).scopes()).containsExactly("*");
    }

    @Test
    void a_key_works_until_it_expires() {
        IssuedKey issued = issue(tenant("expiring"), null, 1);

        assertThat(keys.authenticate(issued.clearText(), NOW.plus(Duration.ofHours(23))).tenant())
                .isEqualTo(new TenantId("expiring"));
        refused(
                ErrorCode.API_KEY_EXPIRED,
                () -> keys.authenticate(issued.clearText(), NOW.plus(Duration.ofDays(1))));
    }

    @Test
    void a_revoked_key_is_refused_at_once_and_stays_in_the_list() {
        TenantId tenant = tenant("revoking");
        IssuedKey issued = issue(tenant, null, null);
        assertThat(keys.authenticate(issued.clearText(), NOW).tenant()).isEqualTo(tenant);

        keys.revoke(tenant, issued.key().id(), "leaked", OPERATOR, NOW);

        refused(ErrorCode.INVALID_API_KEY, () -> keys.authenticate(issued.clearText(), NOW));
        assertThat(keys.list(tenant, 10, null))
                .filteredOn(key -> !key.isActive())
                .extracting(ApiKey::id)
                .containsExactly(issued.key().id());
    }

    @Test
    void a_reason_that_the_database_cannot_keep_is_a_fault_of_its_field() {
        TenantId tenant = tenant("reasons");
        IssuedKey issued = issue(tenant, null, null);

        refused(
                ErrorCode.INVALID_FIELD,
                () -> keys.revoke(tenant, issued.key().id(), "a\u0000b", OPERATOR, NOW));
    }

    @Test
    void a_rotated_key_dies_and_its_successor_has_the_same_rights() {
        TenantId tenant = tenant("rotating");
        IssuedKey old = issue(tenant, List.of("pipelines:read"), 30);

        IssuedKey fresh = keys.rotate(tenant, old.key().id(), OPERATOR, NOW);

        refused(ErrorCode.INVALID_API_KEY, () -> keys.authenticate(old.clearText(), NOW));
        assertThat(keys.authenticate(fresh.clearText(), NOW).scopes())
                .containsExactly("pipelines:read");
        assertThat(fresh.key().expiresAt()).isEqualTo(old.key().expiresAt());
        refused(ErrorCode.CONFLICT, () -> keys.rotate(tenant, old.key().id(), OPERATOR, NOW));
    }

    @Test
    void a_key_cannot_make_or_take_over_a_mightier_one() {
        TenantId tenant = tenant("climbing");
        IssuedKey mighty = issue(tenant, null, null);
        Requester reader = new Requester.Owner(tenant, Set.of("pipelines:read"), null);

        refused(
                ErrorCode.INSUFFICIENT_SCOPE,
                () -> keys.issue(tenant, new KeyRequest("more", null, null), reader, NOW));
        refused(
                ErrorCode.INSUFFICIENT_SCOPE,
                () -> keys.rotate(tenant, mighty.key().id(), reader, NOW));
        KeyRequest same = new KeyRequest("same", List.of("pipelines:read"), null);
        assertThat(keys.issue(tenant, same, reader, NOW).key().isActive()).isTrue();
    }

    @Test
    void the_key_of_the_onboarding_may_make_keys_that_may_do_everything() {
        TenantId tenant = tenant("all_scopes");
        Requester owner = new Requester.Owner(tenant, Set.copyOf(Scopes.ALL), null);

        assertThat(keys.issue(tenant, new KeyRequest("ci", null, null), owner, NOW).key().scopes())
                .containsExactly("*");
    }

    @Test
    void a_key_of_another_tenant_is_not_there() {
        IssuedKey theirs = issue(tenant("theirs"), null, null);
        TenantId ours = tenant("ours");

        refused(
                ErrorCode.RESOURCE_NOT_FOUND,
                () -> keys.revoke(ours, theirs.key().id(), null, OPERATOR, NOW));
        refused(
                ErrorCode.RESOURCE_NOT_FOUND,
                () -> keys.rotate(ours, theirs.key().id(), OPERATOR, NOW));
        assertThat(keys.list(ours, 10, null))
                .extracting(ApiKey::name)
                .containsExactly("onboarding");
        assertThat(keys.authenticate(theirs.clearText(), NOW).tenant().value()).isEqualTo("theirs");
    }

    @Test
    void all_faults_of_a_wish_are_told_at_once() {
        TenantId tenant = tenant("faulty");
        KeyRequest wish = new KeyRequest(" ", List.of("pipelines:everything"), 366);

        EngineException refusal =
                refused(ErrorCode.INVALID_FIELD, () -> keys.issue(tenant, wish, OPERATOR, NOW));

        assertThat(refusal.fields())
                .extracting(FieldError::field)
                .containsExactly("key_name", "scopes", "expires_in_days");
    }

    @Test
    void keys_are_listed_newest_first_page_by_page() {
        TenantId tenant = tenant("paging");
        for (int i = 1; i <= 3; i++) {
            KeyRequest wish = new KeyRequest("key " + i, null, null);
            keys.issue(tenant, wish, OPERATOR, NOW.plusSeconds(i));
        }

        List<ApiKey> first = keys.list(tenant, 2, null);
        List<ApiKey> second = keys.list(tenant, 2, first.getLast().id());

        assertThat(first).extracting(ApiKey::name).containsExactly("key 3", "key 2");
        assertThat(second).extracting(ApiKey::name).containsExactly("key 1", "onboarding");
    }

    @Test
    void the_number_of_active_keys_has_a_limit() {
        TenantId tenant = tenant("hoarding");
        HOUSE.execute(
                "INSERT INTO api_key (api_key_id, tenant_id, key_name, key_hash, scopes,"
                        + " created_at) SELECT gen_random_uuid(), 'hoarding', 'k',"
                        + " encode(sha256(n::text::bytea), 'hex'), '{*}', now()"
                        + " FROM generate_series(1, 98) n");

        List<ErrorCode> refusals = Together.refusalsOf(5, number -> issue(tenant, null, null));

        assertThat(refusals).hasSize(4).containsOnly(ErrorCode.CONFLICT);
    }

    @Test
    void uses_are_written_in_batches() {
        House house = House.build();
        IssuedKey key = java.util.Objects.requireNonNull(house.onboard("busy").key());
        String used = "SELECT count(*) FROM api_key WHERE last_used_at = '2026-03-01T00:30:20Z'";

        house.keys.authenticate(key.clearText(), NOW);
        house.keys.authenticate(key.clearText(), NOW.plusSeconds(20));

        assertThat(house.count(used)).isZero();
        assertThat(house.keys.flushLastUsed()).isOne();
        assertThat(house.count(used)).isOne();
    }

    private static TenantId tenant(String id) {
        return HOUSE.onboard(id).tenant().id();
    }

    private IssuedKey issue(
            TenantId tenant,
            @org.jspecify.annotations.Nullable
                    List<@org.jspecify.annotations.Nullable String> scopes,
            @org.jspecify.annotations.Nullable Integer days) {
        return keys.issue(tenant, new KeyRequest("program", scopes, days), OPERATOR, NOW);
    }
}
