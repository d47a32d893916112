package dev.convergence.engine.credential;

import static dev.convergence.engine.tenant.House.NOW;
import static dev.convergence.engine.tenant.Refusals.refused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.convergence.engine.error.EngineException;
import dev.convergence.engine.error.ErrorCode;
import dev.convergence.engine.error.FieldError;
import dev.convergence.engine.id.TenantId;
import dev.convergence.engine.tenant.House;
import dev.convergence.engine.tenant.Together;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class CredentialsTest {

    private static final House HOUSE = House.build();
    private static final Map<String, Object> GOOGLE =
            Map.of(
                    "type", "service_account",
                    "project_id", "acme-project",
                    "private_key_id", "key123",
                    "private_key", "-----BEGIN PRIVATE KEY-----TOPSECRET",
                    "client_email", "sa@acme-project.iam.gserviceaccount.com");
    private static final Map<String, Object> AMAZON =
            Map.of("access_key_id", "AKIA", "secret_access_key", "TOPSECRET");
    private static final Map<String, Object> AZURE =
            Map.of("tenant_id", "t", "client_id", "c", "client_secret", "TOPSECRET");

    private final Credentials credentials = HOUSE.credentials;

    @Test
    void the_same_name_again_updates_in_place() {
        TenantId tenant = tenant("in_place");

        StoredCredential first = put(tenant, "gcp", "billing", GOOGLE);
        StoredCredential second = put(tenant, "GCP", "billing", GOOGLE);

        assertThat(first.action()).isEqualTo(StoredCredential.Action.CREATED);
        assertThat(second.action()).isEqualTo(StoredCredential.Action.UPDATED);
        assertThat(second.credential().id()).isEqualTo(first.credential().id());
        assertThat(second.credential().type()).isEqualTo(CredentialType.SERVICE_ACCOUNT);
        assertThat(credentials.list(tenant, 10, null)).hasSize(1);
        assertThat(first.dataset().created()).isFalse();
    }

    @Test
    void the_first_credential_makes_a_missing_data_set() {
        TenantId tenant = tenant("no_data_set");
        HOUSE.warehouse.drop(tenant);

        assertThat(put(tenant, "AWS", null, AMAZON).dataset().created()).isTrue();
    }

    @Test
    void what_is_put_in_comes_out_for_runs_and_nowhere_else() {
        TenantId tenant = tenant("secretive");
        StoredCredential stored = put(tenant, "GCP", "billing", GOOGLE);

        assertThat(credentials.open(tenant, Provider.GCP, false, NOW)).contains(GOOGLE);
        assertThat(credentials.open(tenant, Provider.AWS, false, NOW)).isEmpty();
        assertThat(stored.toString()).doesNotContain("TOPSECRET");
        assertThat(wish("GCP", "billing", GOOGLE).toString()).doesNotContain("TOPSECRET");
        assertThat(
                        HOUSE.count(
                                "SELECT count(*) FROM credential"
                                        + " WHERE credential::text LIKE '%TOPSECRET%'"
                                        + " OR position('TOPSECRET'::bytea IN ciphertext) > 0"
                                        + " OR position('private_key'::bytea IN ciphertext) > 0"))
                .isZero();
    }

    @Test
    void a_ciphertext_moved_to_another_tenant_or_provider_does_not_open() {
        TenantId owner = tenant("sealed_owner");
        TenantId thief = tenant("sealed_thief");
        put(owner, "OPENAI", "key", Map.of("api_key", "TOPSECRET"));
        put(thief, "OPENAI", "key", Map.of("api_key", "mine"));
        put(owner, "CLAUDE", "key", Map.of("api_key", "other"));
        String stolen =
                "(SELECT ciphertext FROM credential WHERE tenant_id = 'sealed_owner'"
                        + " AND provider = 'OPENAI')";
        HOUSE.execute(
                "UPDATE credential SET ciphertext = "
                        + stolen
                        + " WHERE tenant_id = 'sealed_thief' OR provider = 'CLAUDE'");

        refused(
                ErrorCode.INVALID_CREDENTIALS,
                () -> credentials.open(thief, Provider.OPENAI, false, NOW));
        refused(
                ErrorCode.INVALID_CREDENTIALS,
                () -> credentials.open(owner, Provider.CLAUDE, false, NOW));
        assertThat(credentials.open(owner, Provider.OPENAI, false, NOW)).isPresent();
    }

    @Test
    void another_master_key_does_not_open() {
        TenantId tenant = tenant("other_key");
        put(tenant, "AWS", null, AMAZON);
        MasterKey other = MasterKey.fromBase64("A".repeat(43) + "=");
        Credentials elsewhere =
                new Credentials(
                        HOUSE.database, new Vault(other), HOUSE.subscriptions, HOUSE.warehouse);

        EngineException refusal =
                refused(
                        ErrorCode.INVALID_CREDENTIALS,
                        () -> elsewhere.open(tenant, Provider.AWS, false, NOW));

        assertThat(refusal).hasMessageContaining("another master key");
        assertThat(other.id()).matches("[0-9a-f]{8}");
    }

    @Test
    void the_limit_of_providers_is_exact_when_many_come_at_once() {
        TenantId tenant = tenant("many_providers");
        List<String> providers = List.of("GCP", "AWS", "AZURE", "OCI", "OPENAI", "ANTHROPIC");

        List<ErrorCode> refusals =
                Together.refusalsOf(
                        6,
                        number -> put(tenant, providers.get(number), null, Map.of("api_key", "x")));

        assertThat(refusals).hasSize(3).containsOnly(ErrorCode.PROVIDER_LIMIT_EXCEEDED);
        assertThat(HOUSE.usages.today(tenant, NOW).providers()).isEqualTo(3);
    }

    @Test
    void a_second_credential_of_a_provider_is_within_the_limit_and_so_is_a_freed_one() {
        TenantId tenant = tenant("freed");
        StoredCredential google = put(tenant, "GCP", "one", GOOGLE);
        put(tenant, "AWS", null, AMAZON);
        put(tenant, "AZURE", null, AZURE);
        put(tenant, "AZURE", "second", AZURE);
        CredentialUpdate off = new CredentialUpdate(null, null, false);
        CredentialUpdate on = new CredentialUpdate(null, null, true);

        credentials.update(tenant, google.credential().id(), off, null, NOW);
        put(tenant, "OCI", null, Map.of("user", "u"));

        refused(
                ErrorCode.PROVIDER_LIMIT_EXCEEDED,
                () -> credentials.update(tenant, google.credential().id(), on, null, NOW));
    }

    @Test
    void another_tenants_credential_is_not_there() {
        StoredCredential theirs = put(tenant("theirs"), "GCP", "one", GOOGLE);
        TenantId ours = tenant("ours");

        refused(
                ErrorCode.RESOURCE_NOT_FOUND,
                () -> credentials.get(ours, theirs.credential().id()));
        refused(
                ErrorCode.RESOURCE_NOT_FOUND,
                () -> credentials.delete(ours, theirs.credential().id()));
        refused(
                ErrorCode.RESOURCE_NOT_FOUND,
                () -> credentials.validate(ours, theirs.credential().id(), NOW));
        assertThat(credentials.list(ours, 10, null)).isEmpty();
    }

    @Test
    void validation_finds_what_is_missing_and_only_valid_ones_open_when_asked() {
        TenantId tenant = tenant("validated");
        StoredCredential stored = put(tenant, "AWS", "one", Map.of("access_key_id", "AKIA"));
        assertThat(stored.credential().validation()).isEqualTo(ValidationStatus.PENDING);

        Credential invalid = credentials.validate(tenant, stored.credential().id(), NOW);
        assertThat(invalid.validation()).isEqualTo(ValidationStatus.INVALID);
        assertThat(invalid.validationError()).isEqualTo("Missing: [secret_access_key]");
        assertThat(credentials.open(tenant, Provider.AWS, true, NOW)).isEmpty();

        put(tenant, "AWS", "one", AMAZON);
        assertThat(credentials.open(tenant, Provider.AWS, true, NOW)).isEmpty();
        credentials.validate(tenant, stored.credential().id(), NOW);
        assertThat(credentials.open(tenant, Provider.AWS, true, NOW)).contains(AMAZON);
    }

    @Test
    void new_secrets_have_to_be_validated_again() {
        TenantId tenant = tenant("renewed");
        StoredCredential stored = put(tenant, "AZURE", "one", AZURE);
        credentials.validate(tenant, stored.credential().id(), NOW);
        CredentialUpdate update = new CredentialUpdate(AZURE, "new", null);

        Credential renewed =
                credentials.update(tenant, stored.credential().id(), update, "user-1", NOW);

        assertThat(renewed.validation()).isEqualTo(ValidationStatus.PENDING);
        assertThat(renewed.description()).isEqualTo("new");
        assertThat(renewed.updatedBy()).isEqualTo("user-1");
    }

    @Test
    void a_key_file_may_come_as_text() {
        TenantId tenant = tenant("as_text");

        put(tenant, "OPENAI", null, "{\"api_key\": \"x\"}");

        assertThat(credentials.open(tenant, Provider.OPENAI, false, NOW))
                .contains(Map.of("api_key", "x"));
    }

    @Test
    void all_faults_of_a_request_are_told_at_once_and_quote_no_secret() {
        TenantId tenant = tenant("faulty");
        NewCredential wish =
                new NewCredential(
                        "MARS", "MAGIC", "ab", "TOPSECRET", null, null, "r".repeat(51), null, null);

        EngineException refusal =
                refused(ErrorCode.INVALID_FIELD, () -> credentials.put(tenant, wish, null, NOW));

        assertThat(refusal.fields())
                .extracting(FieldError::field)
                .containsExactly(
                        "provider", "credential_type", "credential_name", "credentials", "region");
        assertThat(refusal.fields().toString() + refusal.getMessage()).doesNotContain("TOPSECRET");
    }

    @Test
    void a_deleted_credential_is_gone() {
        TenantId tenant = tenant("deleting");
        StoredCredential stored = put(tenant, "GCP", "one", GOOGLE);

        credentials.delete(tenant, stored.credential().id());

        refused(
                ErrorCode.RESOURCE_NOT_FOUND,
                () -> credentials.delete(tenant, stored.credential().id()));
        assertThat(credentials.open(tenant, Provider.GCP, false, NOW)).isEmpty();
    }

    private static TenantId tenant(String id) {
        return HOUSE.onboard(id).tenant().id();
    }

    private StoredCredential put(
            TenantId tenant, String provider, @Nullable String name, Object secrets) {
        return credentials.put(tenant, wish(provider, name, secrets), "user-1", NOW);
    }

    private static NewCredential wish(String provider, @Nullable String name, Object secrets) {
        return new NewCredential(
                provider, null, name, secrets, "project", null, "us-central1", null, null);
    }
}
