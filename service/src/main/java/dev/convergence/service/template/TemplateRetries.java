package dev.convergence.service.template;

import dev.convergence.engine.error.EngineException;
import dev.convergence.engine.id.TenantId;
import dev.convergence.engine.job.RetryPolicy;
import dev.convergence.engine.launch.RetryDefaults;
import dev.convergence.engine.template.TemplateCatalog;
import dev.convergence.engine.template.TemplatePath;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// The retries that templates ask for.
///
/// Remembered for some seconds: a batch of the scheduler asks a thousand times while it holds
/// locks, and looking into the operator's folder each time would make others wait.
public final class TemplateRetries implements RetryDefaults {

    static final Duration REMEMBERED = Duration.ofSeconds(10);

    private static final int REMEMBERED_MAX = 50_000;

    private final TemplateCatalog templates;
    private final RetryPolicy standard;
    private final InstantSource clock;
    private final Map<Key, Known> known = new ConcurrentHashMap<>();

    /// @param standard of templates that leave it open
    public TemplateRetries(TemplateCatalog templates, RetryPolicy standard, InstantSource clock) {
        this.templates = templates;
        this.standard = standard;
        this.clock = clock;
    }

    private record Key(TenantId tenant, TemplatePath path) {}

    private record Known(RetryPolicy policy, Instant until) {}

    @Override
    public RetryPolicy of(TenantId tenant, TemplatePath path) {
        Instant now = clock.instant();
        Key key = new Key(tenant, path);
        Known last = known.get(key);
        if (last != null && now.isBefore(last.until())) {
            return last.policy();
        }
        if (known.size() >= REMEMBERED_MAX) {
            known.clear();
        }
        RetryPolicy policy = asked(tenant, path);
        known.put(key, new Known(policy, now.plus(REMEMBERED)));
        return policy;
    }

    private RetryPolicy asked(TenantId tenant, TemplatePath path) {
        try {
            return templates
                    .find(tenant, path)
                    .flatMap(template -> Optional.ofNullable(template.retriesMax()))
                    .map(standard::withRetriesMax)
                    .orElse(standard);
        } catch (EngineException faulty) {
            return standard; // the run itself will say what is wrong with it
        }
    }
}
