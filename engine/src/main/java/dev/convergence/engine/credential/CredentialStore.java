package dev.convergence.engine.credential;

import dev.convergence.engine.id.TenantId;
import dev.convergence.engine.id.TimeOrderedId;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.generic.GenericType;
import org.jdbi.v3.core.result.RowView;
import org.jspecify.annotations.Nullable;

/// The SQL of credentials.
final class CredentialStore {

    private static final GenericType<List<String>> TEXTS = new GenericType<>() {};

    record Row(Credential credential, Vault.Sealed sealed) {}

    private static final String COLUMNS =
            """
            credential_id, tenant_id, provider, credential_type, credential_name, project_id,
            account_id, region, scopes, description, is_active, validation_status,
            validation_error, last_validated_at, last_used_at, created_by_user_id,
            updated_by_user_id, created_at, updated_at
            """;

    private static final String SELECT =
            "SELECT " + COLUMNS + " FROM credential WHERE tenant_id = :tenant";

    Optional<Credential> find(Handle handle, TenantId tenant, UUID id) {
        return handle.createQuery(SELECT + " AND credential_id = :id")
                .bind("tenant", tenant.value())
                .bind("id", id)
                .map(CredentialStore::credential)
                .findOne();
    }

    private static final String LOCK =
            "SELECT ciphertext, key_id, "
                    + COLUMNS
                    + " FROM credential WHERE tenant_id = :tenant AND credential_id = :id FOR UPDATE";

    Optional<Row> lock(Handle handle, TenantId tenant, UUID id) {
        return handle.createQuery(LOCK)
                .bind("tenant", tenant.value())
                .bind("id", id)
                .map(row -> new Row(credential(row), sealed(row)))
                .findOne();
    }

    private static final String LIST =
            SELECT
                    + """
                     AND (CAST(:after AS uuid) IS NULL OR credential_id < :after)
                    ORDER BY credential_id DESC LIMIT :limit
                    """;

    List<Credential> list(Handle handle, TenantId tenant, int limit, @Nullable UUID after) {
        return handle.createQuery(LIST)
                .bind("tenant", tenant.value())
                .bindByType("after", after, UUID.class)
                .bind("limit", limit)
                .map(CredentialStore::credential)
                .list();
    }

    private static final String EXISTS =
            """
            SELECT EXISTS (SELECT 1 FROM credential
                           WHERE tenant_id = :tenant AND provider = :provider
                             AND credential_name = :name)
            """;

    boolean exists(Handle handle, TenantId tenant, Provider provider, String name) {
        return handle.createQuery(EXISTS)
                .bind("tenant", tenant.value())
                .bind("provider", provider.name())
                .bind("name", name)
                .mapTo(Boolean.class)
                .one();
    }

    private static final String ACTIVE_PROVIDERS =
            "SELECT DISTINCT provider FROM credential WHERE tenant_id = :tenant AND is_active";

    Set<Provider> activeProviders(Handle handle, TenantId tenant) {
        Set<Provider> providers = EnumSet.noneOf(Provider.class);
        handle.createQuery(ACTIVE_PROVIDERS)
                .bind("tenant", tenant.value())
                .mapTo(Provider.class)
                .forEach(providers::add);
        return providers;
    }

    private static final String COUNT = "SELECT count(*) FROM credential WHERE tenant_id = :tenant";

    long count(Handle handle, TenantId tenant) {
        return handle.createQuery(COUNT).bind("tenant", tenant.value()).mapTo(Long.class).one();
    }

    /// What is stored anew has yet to be validated.
    private static final String PUT =
            """
            INSERT INTO credential (credential_id, tenant_id, provider, credential_type,
                credential_name, ciphertext, key_id, project_id, account_id, region, scopes,
                description, created_by_user_id, updated_by_user_id, created_at, updated_at)
            VALUES (:id, :tenant, :provider, :type, :name, :ciphertext, :keyId, :project, :account,
                :region, :scopes, :description, :user, :user, :now, :now)
            ON CONFLICT (tenant_id, provider, credential_name) DO UPDATE
            SET credential_type = excluded.credential_type, ciphertext = excluded.ciphertext,
                key_id = excluded.key_id, project_id = excluded.project_id,
                account_id = excluded.account_id, region = excluded.region,
                scopes = excluded.scopes, description = excluded.description, is_active = true,
                validation_status = 'PENDING', validation_error = NULL, last_validated_at = NULL,
                updated_by_user_id = excluded.updated_by_user_id, updated_at = excluded.updated_at
            RETURNING
            """
                    + COLUMNS;

    Credential put(
            Handle handle,
            TenantId tenant,
            NewCredential.Checked wish,
            Vault.Sealed sealed,
            @Nullable String userId,
            Instant now) {
        return handle.createQuery(PUT)
                .bind("id", TimeOrderedId.next(now))
                .bind("tenant", tenant.value())
                .bind("provider", wish.provider().name())
                .bind("type", wish.type().name())
                .bind("name", wish.name())
                .bind("ciphertext", sealed.ciphertext())
                .bind("keyId", sealed.keyId())
                .bind("project", wish.projectId())
                .bind("account", wish.accountId())
                .bind("region", wish.region())
                .bindArray("scopes", String.class, wish.scopes())
                .bind("description", wish.description())
                .bind("user", userId)
                .bind("now", now)
                .map(CredentialStore::credential)
                .one();
    }

    private static final String UPDATE =
            """
            UPDATE credential
            SET description = coalesce(:description, description),
                is_active = coalesce(:active, is_active),
                ciphertext = coalesce(:ciphertext, ciphertext), key_id = coalesce(:keyId, key_id),
                validation_status =
                    CASE WHEN :keyId IS NULL THEN validation_status ELSE 'PENDING' END,
                validation_error = CASE WHEN :keyId IS NULL THEN validation_error END,
                updated_by_user_id = :user, updated_at = :now
            WHERE tenant_id = :tenant AND credential_id = :id
            RETURNING
            """
                    + COLUMNS;

    /// @param sealed null when the secrets stay
    Credential update(
            Handle handle,
            Credential present,
            CredentialUpdate.Checked wish,
            Vault.@Nullable Sealed sealed,
            @Nullable String userId,
            Instant now) {
        return handle.createQuery(UPDATE)
                .bind("tenant", present.tenant().value())
                .bind("id", present.id())
                .bind("description", wish.description())
                .bindByType("active", wish.isActive(), Boolean.class)
                .bindByType("ciphertext", sealed == null ? null : sealed.ciphertext(), byte[].class)
                .bind("keyId", sealed == null ? null : sealed.keyId())
                .bind("user", userId)
                .bind("now", now)
                .map(CredentialStore::credential)
                .one();
    }

    private static final String DELETE =
            "DELETE FROM credential WHERE tenant_id = :tenant AND credential_id = :id";

    boolean delete(Handle handle, TenantId tenant, UUID id) {
        return handle.createUpdate(DELETE).bind("tenant", tenant.value()).bind("id", id).execute()
                == 1;
    }

    private static final String MARK_VALIDATED =
            """
            UPDATE credential
            SET validation_status = :status, validation_error = :error, last_validated_at = :now
            WHERE tenant_id = :tenant AND credential_id = :id
            RETURNING
            """
                    + COLUMNS;

    Credential markValidated(
            Handle handle, Credential credential, Optional<String> fault, Instant now) {
        ValidationStatus status =
                fault.isEmpty() ? ValidationStatus.VALID : ValidationStatus.INVALID;
        return handle.createQuery(MARK_VALIDATED)
                .bind("tenant", credential.tenant().value())
                .bind("id", credential.id())
                .bind("status", status.name())
                .bind("error", fault.orElse(null))
                .bind("now", now)
                .map(CredentialStore::credential)
                .one();
    }

    private static final String TAKE_NEWEST =
            """
            UPDATE credential SET last_used_at = :now
            WHERE tenant_id = :tenant AND credential_id = (
                SELECT credential_id FROM credential
                WHERE tenant_id = :tenant AND provider = :provider AND is_active
                  AND (NOT :validatedOnly OR validation_status = 'VALID')
                ORDER BY updated_at DESC, credential_id DESC LIMIT 1)
            RETURNING ciphertext, key_id
            """;

    Optional<Vault.Sealed> takeNewest(
            Handle handle, TenantId tenant, Provider provider, boolean validatedOnly, Instant now) {
        return handle.createQuery(TAKE_NEWEST)
                .bind("tenant", tenant.value())
                .bind("provider", provider.name())
                .bind("validatedOnly", validatedOnly)
                .bind("now", now)
                .map(CredentialStore::sealed)
                .findOne();
    }

    private static Vault.Sealed sealed(RowView row) {
        return new Vault.Sealed(
                row.getColumn("ciphertext", byte[].class), row.getColumn("key_id", String.class));
    }

    private static Credential credential(RowView row) {
        return new Credential(
                row.getColumn("credential_id", UUID.class),
                new TenantId(row.getColumn("tenant_id", String.class)),
                row.getColumn("provider", Provider.class),
                row.getColumn("credential_type", CredentialType.class),
                row.getColumn("credential_name", String.class),
                row.getColumn("project_id", String.class),
                row.getColumn("account_id", String.class),
                row.getColumn("region", String.class),
                row.getColumn("scopes", TEXTS),
                row.getColumn("description", String.class),
                row.getColumn("is_active", Boolean.class),
                row.getColumn("validation_status", ValidationStatus.class),
                row.getColumn("validation_error", String.class),
                row.getColumn("last_validated_at", Instant.class),
                row.getColumn("last_used_at", Instant.class),
                row.getColumn("created_by_user_id", String.class),
                row.getColumn("updated_by_user_id", String.class),
                row.getColumn("created_at", Instant.class),
                row.getColumn("updated_at", Instant.class));
    }
}
