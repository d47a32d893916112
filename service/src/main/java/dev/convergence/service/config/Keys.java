package dev.convergence.service.config;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// Who may operate the installation, and what encrypts its credentials.
///
/// @param admin any of these is the operator; none: the operator's routes are closed
/// @param master 32 bytes in base64; null only until one is generated for an embedded database
public record Keys(List<Secret> admin, @Nullable Secret master, boolean openOnboarding) {

    public Keys {
        admin = List.copyOf(admin);
    }

    static Keys read(GivenValues given) {
        if (given.has(Variable.CONVERGENCE_KMS_KEY_URI)) {
            given.refuse(
                    "CONVERGENCE_KMS_KEY_URI: this build has no key management service; set"
                            + " CONVERGENCE_MASTER_KEY instead.");
        } else if (given.has(Variable.DATABASE_URL)
                && !given.has(Variable.CONVERGENCE_MASTER_KEY)) {
            given.refuse(
                    "CONVERGENCE_MASTER_KEY must be set together with DATABASE_URL, the same on"
                            + " every node; make one with: openssl rand -base64 32");
        }
        return new Keys(
                given.readOr(Variable.ADMIN_API_KEY, Values::adminKeys, List.of()),
                given.read(Variable.CONVERGENCE_MASTER_KEY, Values::masterKey),
                given.readOr(Variable.CONVERGENCE_OPEN_ONBOARDING, Values::truth, false));
    }
}
