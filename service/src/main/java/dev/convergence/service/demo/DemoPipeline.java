package dev.convergence.service.demo;

import java.nio.file.Path;
import java.util.Locale;

/// A pipeline that one of the demo's tenants wants.
///
/// @param format the shape of the bills that it reads
record DemoPipeline(String provider, String domain, String template, String cron, String format) {

    /// As it is written in URLs, such as `gcp/cost/cost_billing`.
    String path() {
        return "%s/%s/%s".formatted(provider, domain, template).toLowerCase(Locale.ROOT);
    }

    /// Where its bills lie, below the tenant's landing zone.
    Path folder() {
        return Path.of(provider.toLowerCase(Locale.ROOT), domain.toLowerCase(Locale.ROOT));
    }
}
