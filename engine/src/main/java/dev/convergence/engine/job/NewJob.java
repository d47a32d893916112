package dev.convergence.engine.job;

import dev.convergence.engine.id.JobId;
import dev.convergence.engine.id.TenantId;
import dev.convergence.engine.time.Backoff;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A job as somebody asks for it, before it has an id.
///
/// @param tenant whose lane it waits in; the lane must be open
/// @param type which handler does it
/// @param params JSON values, handed to the handler as they are
/// @param priority higher is earlier inside the tenant's lane, 0 to 1000
/// @param retry how often and after what pause it is tried again when it fails
/// @param pool the pool whose permit it holds while it runs
/// @param notBefore when it may start at the earliest; null for at once
/// @param ties the group, the template, the schedule it belongs to
public record NewJob(
        TenantId tenant,
        String type,
        Map<String, Object> params,
        int priority,
        RetryPolicy retry,
        @Nullable String pool,
        @Nullable Instant notBefore,
        Ties ties) {

    public static final int PRIORITY_DEFAULT = 5;
    public static final int PRIORITY_MAX = 1000;

    private static final RetryPolicy RETRY_DEFAULT =
            new RetryPolicy(RetryPolicy.RETRIES_DEFAULT, Backoff.DEFAULT);

    public NewJob {
        if (priority < 0 || priority > PRIORITY_MAX) {
            throw new IllegalArgumentException(
                    "priority is " + priority + "; it is from 0 to " + PRIORITY_MAX + ".");
        }
    }

    /// A job without parameters, of priority 5, tried again three times.
    public static NewJob of(String tenant, String type) {
        return new NewJob(
                new TenantId(tenant),
                type,
                Map.of(),
                PRIORITY_DEFAULT,
                RETRY_DEFAULT,
                null,
                null,
                Ties.NONE);
    }

    public NewJob params(Map<String, Object> values) {
        return new NewJob(tenant, type, values, priority, retry, pool, notBefore, ties);
    }

    public NewJob priority(int value) {
        return new NewJob(tenant, type, params, value, retry, pool, notBefore, ties);
    }

    public NewJob retry(RetryPolicy policy) {
        return new NewJob(tenant, type, params, priority, policy, pool, notBefore, ties);
    }

    public NewJob pool(String name) {
        return new NewJob(tenant, type, params, priority, retry, name, notBefore, ties);
    }

    public NewJob notBefore(Instant instant) {
        return new NewJob(tenant, type, params, priority, retry, pool, instant, ties);
    }

    public NewJob ties(Ties values) {
        return new NewJob(tenant, type, params, priority, retry, pool, notBefore, values);
    }

    /// The job with an id of this instant.
    public Job at(Instant now) {
        JobId id = JobId.next(now);
        return new Job(id, tenant, type, params, priority, 0, null, id, retry, pool, Origin.CALLER)
                .ties(ties);
    }
}
