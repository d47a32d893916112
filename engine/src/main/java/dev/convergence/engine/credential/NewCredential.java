package dev.convergence.engine.credential;

import dev.convergence.engine.error.FieldFaults;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// A credential to store, as the user wrote it.
public record NewCredential(
        @Nullable String provider,
        @Nullable String type,
        @Nullable String name,
        @Nullable Object secrets,
        @Nullable String projectId,
        @Nullable String accountId,
        @Nullable String region,
        @Nullable List<@Nullable String> scopes,
        @Nullable String description) {

    static final int DESCRIPTION_LENGTH_MAX = 500;

    private static final String USUAL_NAME = "default";
    private static final int NAME_LENGTH_MIN = 3;
    private static final int ID_LENGTH_MAX = 100;
    private static final int REGION_LENGTH_MAX = 50;
    private static final int SCOPES_MAX = 50;
    private static final int SCOPE_LENGTH_MAX = 200;

    record Checked(
            Provider provider,
            CredentialType type,
            String name,
            Secrets secrets,
            @Nullable String projectId,
            @Nullable String accountId,
            @Nullable String region,
            List<String> scopes,
            @Nullable String description) {}

    Checked check() {
        FieldFaults faults = new FieldFaults();
        Provider checkedProvider = Provider.checked(provider, faults);
        CredentialType checkedType = CredentialType.checked(type, faults);
        String checkedName =
                faults.optionalText("credential_name", name, NAME_LENGTH_MIN, ID_LENGTH_MAX);
        Secrets checkedSecrets = Secrets.checked(secrets, faults);
        String project = faults.optionalText("project_id", projectId, 1, ID_LENGTH_MAX);
        String account = faults.optionalText("account_id", accountId, 1, ID_LENGTH_MAX);
        String place = faults.optionalText("region", region, 1, REGION_LENGTH_MAX);
        List<String> checkedScopes = scopes(faults);
        String text = faults.optionalText("description", description, 1, DESCRIPTION_LENGTH_MAX);
        faults.refuseIfAny();
        Provider known = Objects.requireNonNull(checkedProvider);
        return new Checked(
                known,
                Objects.requireNonNullElse(checkedType, known.usualType()),
                Objects.requireNonNullElse(checkedName, USUAL_NAME),
                checkedSecrets,
                project,
                account,
                place,
                checkedScopes,
                text);
    }

    private List<String> scopes(FieldFaults faults) {
        if (scopes == null) {
            return List.of();
        }
        if (scopes.size() > SCOPES_MAX) {
            faults.add("scopes", "LENGTH", "has at most " + SCOPES_MAX + " entries.");
            return List.of();
        }
        return scopes.stream()
                .map(scope -> faults.text("scopes", scope, 1, SCOPE_LENGTH_MAX))
                .toList();
    }

    @Override
    public String toString() {
        return "NewCredential[provider=" + provider + ", name=" + name + ", secrets=***]";
    }
}
