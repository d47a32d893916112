package dev.convergence.service.http;

import java.util.List;

/// What the HTTP platform needs to know from the configuration.
///
/// @param version the program's version, shown in `X-API-Version` and by the health routes
/// @param environment a word for where it runs, shown by `/health`
/// @param adminKeys the operator's keys; none: operator routes answer 503
/// @param openOnboarding whether onboarding needs no operator key
/// @param corsOrigins the origins whose pages may call; `*` for all
public record HttpSettings(
        String version,
        String environment,
        List<String> adminKeys,
        boolean openOnboarding,
        boolean rateLimit,
        List<String> corsOrigins) {

    public HttpSettings {
        adminKeys = List.copyOf(adminKeys);
        corsOrigins = List.copyOf(corsOrigins);
    }

    @Override
    public String toString() {
        return "HttpSettings[version=%s, adminKeys=%d, openOnboarding=%s, rateLimit=%s, corsOrigins=%s]"
                .formatted(version, adminKeys.size(), openOnboarding, rateLimit, corsOrigins);
    }
}
