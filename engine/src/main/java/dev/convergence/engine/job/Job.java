package dev.convergence.engine.job;

import dev.convergence.engine.id.JobId;
import dev.convergence.engine.id.TenantId;
import dev.convergence.engine.id.TimeOrderedId;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A request to execute once. A retry is another job that points back at this one.
///
/// @param attempt 0 for the original, n for its n-th retry
/// @param retryOf the attempt before this one
/// @param root the chain's original; the job itself when it is the original
/// @param pool the pool whose permit it holds from claim to end
/// @param nodeLosses how many attempts before this one ended because their node died
/// @param ties the group, the template, the schedule it belongs to
public record Job(
        JobId id,
        TenantId tenant,
        String type,
        Map<String, Object> params,
        int priority,
        int attempt,
        @Nullable JobId retryOf,
        JobId root,
        RetryPolicy retry,
        @Nullable String pool,
        Origin origin,
        int nodeLosses,
        Ties ties) {

    public static final String PIPELINE = "pipeline";
    public static final String PROBE = "probe";

    /// A job that belongs to nothing, and whose chain has lost no node.
    public Job(
            JobId id,
            TenantId tenant,
            String type,
            Map<String, Object> params,
            int priority,
            int attempt,
            @Nullable JobId retryOf,
            JobId root,
            RetryPolicy retry,
            @Nullable String pool,
            Origin origin) {
        this(
                id, tenant, type, params, priority, attempt, retryOf, root, retry, pool, origin, 0,
                Ties.NONE);
    }

    /// The same job, belonging to something.
    public Job ties(Ties other) {
        return new Job(
                id,
                tenant,
                type,
                params,
                priority,
                attempt,
                retryOf,
                root,
                retry,
                pool,
                origin,
                nodeLosses,
                other);
    }

    /// The instant from which its days are counted when none are asked for: at which it was due,
    /// else at which its chain was asked for. So a retry loads what the attempt before it should
    /// have, on whatever day it comes.
    public Instant asOf() {
        Instant due = origin.slotAt();
        return due == null ? TimeOrderedId.madeAt(root.value()) : due;
    }

    public boolean isPipeline() {
        return type.equals(PIPELINE);
    }
}
