package dev.convergence.engine.credential;

import java.util.List;
import java.util.Optional;

/// Which fields a credential must have to be of use.
///
/// The provider itself is not asked: VALID means complete, not accepted.
final class CredentialShape {

    private CredentialShape() {}

    /// The fault of a credential, none when it is complete. It names fields, never values.
    static Optional<String> fault(Credential credential, Secrets secrets) {
        List<String> missing =
                required(credential).stream()
                        .filter(names -> names.stream().noneMatch(secrets::has))
                        .map(List::getFirst)
                        .toList();
        return missing.isEmpty() ? Optional.empty() : Optional.of("Missing: " + missing);
    }

    /// One list for each required field: its names, of which one must be there.
    private static List<List<String>> required(Credential credential) {
        return switch (credential.type()) {
            case IAM_ROLE -> List.of(List.of("role_arn", "role", "principal"));
            case OAUTH -> List.of(List.of("access_token", "refresh_token", "token"));
            case CONNECTION_STRING -> List.of(List.of("connection_string"));
            case SERVICE_ACCOUNT, ACCESS_KEY, API_KEY -> ofProvider(credential.provider());
        };
    }

    private static List<List<String>> ofProvider(Provider provider) {
        return switch (provider) {
            case GCP ->
                    List.of(List.of("project_id"), List.of("client_email"), List.of("private_key"));
            case AWS ->
                    List.of(
                            List.of("access_key_id", "aws_access_key_id"),
                            List.of("secret_access_key", "aws_secret_access_key"));
            case AZURE ->
                    List.of(List.of("tenant_id"), List.of("client_id"), List.of("client_secret"));
            case OCI ->
                    List.of(
                            List.of("tenancy"),
                            List.of("user"),
                            List.of("fingerprint"),
                            List.of("private_key", "key_content"));
            case OPENAI, CLAUDE -> List.of(List.of("api_key"));
        };
    }
}
