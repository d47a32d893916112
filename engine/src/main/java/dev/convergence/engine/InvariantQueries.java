package dev.convergence.engine;

/// The longer queries of [Invariant], each under the name of the one that asks it.
final class InvariantQueries {

    private InvariantQueries() {}

    static final String ENDED_WITH_ITS_MEMBERS =
            """
            SELECT g.group_id::text FROM job_group g JOIN job ON job.group_id = g.group_id
            LEFT JOIN run ON run.job_id = job.job_id
            WHERE g.members_from >= :since
            GROUP BY g.group_id, g.status, g.finished_at
            HAVING (g.status IS NOT NULL) <> bool_and(run.job_id IS NOT NULL) OR g.finished_at < max(run.finished_at)
            """;

    static final String ENDED_LIKE_ITS_MEMBERS =
            """
            SELECT group_id::text FROM (
                SELECT DISTINCT ON (g.group_id, sequence_number) g.group_id, g.status,
                       g.cancel_requested_at IS NOT NULL AS is_cancelled,
                       CASE WHEN run.state = 'CANCELLED' AND (attempt > 0 OR run.started_at IS NOT NULL) THEN 'FAILED' ELSE run.state END AS state
                FROM job_group g JOIN job ON job.group_id = g.group_id JOIN run ON run.job_id = job.job_id
                WHERE g.status IS NOT NULL AND g.members_from >= :since
                ORDER BY g.group_id, sequence_number, attempt DESC) AS last
            GROUP BY group_id, status, is_cancelled
            HAVING status <> CASE
                WHEN bool_or(state = 'FAILED') THEN 'PARTIAL'
                WHEN NOT bool_or(state = 'CANCELLED') THEN 'COMPLETED'
                WHEN bool_or(state = 'COMPLETED') AND NOT is_cancelled THEN 'PARTIAL'
                ELSE 'CANCELLED' END
            """;

    static final String MEMBERS_KEEP_THEIR_ORDER =
            """
            SELECT later.job_id::text FROM job_group g
            JOIN job AS later ON later.group_id = g.group_id
            JOIN job AS earlier ON earlier.group_id = g.group_id AND earlier.sequence_number < later.sequence_number
            LEFT JOIN lease ON lease.job_id = later.job_id
            LEFT JOIN run AS started ON started.job_id = later.job_id AND started.started_at IS NOT NULL
            LEFT JOIN run AS ended ON ended.job_id = earlier.job_id
            WHERE g.mode = 'SEQUENTIAL' AND g.members_from >= :since
              AND (ended.job_id IS NULL AND (lease.job_id IS NOT NULL OR started.job_id IS NOT NULL)
                OR ended.finished_at > COALESCE(started.started_at, lease.claimed_at) + interval '5 seconds')
            """;

    static final String SEQUENCE_GOES_ON =
            """
            SELECT wait_key FROM (SELECT DISTINCT wait_key FROM parked WHERE wait_key LIKE 'group:%') AS held
            WHERE NOT EXISTS (
                SELECT 1 FROM job
                WHERE group_id = substr(wait_key, 7)::uuid
                  AND NOT EXISTS (SELECT 1 FROM run WHERE run.job_id = job.job_id)
                  AND NOT EXISTS (SELECT 1 FROM parked WHERE parked.job_id = job.job_id AND parked.wait_key = held.wait_key))
            """;

    static final String MEMBER_HAS_ITS_OWN_NUMBER =
            """
            SELECT group_id || ' ' || sequence_number FROM job
            WHERE group_id IS NOT NULL AND attempt = 0 AND job_id >= :since
            GROUP BY group_id, sequence_number HAVING count(*) > 1
            """;

    static final String RESERVED_ONCE =
            """
            SELECT tenant_id FROM reservation WHERE status = 'ACTIVE' GROUP BY tenant_id HAVING count(*) > 1
            """;

    static final String RESERVATION_STANDS =
            """
            SELECT tenant_id FROM lane
            WHERE is_reserved <> EXISTS (
                SELECT 1 FROM reservation WHERE reservation.tenant_id = lane.tenant_id AND status = 'ACTIVE')
            """;

    static final String RESERVED_STARTS_NOTHING =
            """
            SELECT lease.job_id::text FROM lease JOIN reservation USING (tenant_id)
            WHERE status = 'ACTIVE' AND claimed_at > reserved_at + interval '5 seconds'
              AND lease.job_id IS DISTINCT FROM reservation.job_id
            """;

    static final String RESERVATION_ENDS =
            """
            SELECT reservation_id::text FROM reservation
            WHERE status = 'ACTIVE' AND expires_at < CAST(:now AS timestamptz) - interval '1 minute'
            """;

    static final String DIRECT_NEVER_WAITS =
            """
            SELECT job.job_id::text FROM job
            WHERE kind = 'DIRECT' AND job_id >= :since
              AND (attempt > 0
                OR EXISTS (SELECT 1 FROM (SELECT job_id FROM ready UNION ALL SELECT job_id FROM deferred
                                          UNION ALL SELECT job_id FROM parked) AS ticket
                           WHERE ticket.job_id = job.job_id))
            """;

    static final String PAUSE_IS_KEPT =
            """
            SELECT job.job_id::text FROM job JOIN run AS failed ON failed.job_id = job.retry_of
            LEFT JOIN deferred ON deferred.job_id = job.job_id
            LEFT JOIN lease ON lease.job_id = job.job_id
            LEFT JOIN run ON run.job_id = job.job_id
            WHERE job.trigger_type = 'retry' AND job.attempt > 0 AND job.job_id >= :since
              AND COALESCE(due_at, lease.claimed_at, run.started_at) < failed.finished_at + interval '0.5 milliseconds'
                  * LEAST(COALESCE((job.retry_policy ->> 'cap_ms')::numeric, 3600000),
                          COALESCE((job.retry_policy ->> 'base_ms')::numeric, 10000)
                              * COALESCE((job.retry_policy ->> 'multiplier')::numeric, 2) ^ (job.attempt - 1))::float8
            """;

    static final String RETRY_IS_THE_SAME_WORK =
            """
            SELECT job.job_id::text FROM job JOIN job AS before ON before.job_id = job.retry_of
            WHERE job.trigger_type = 'retry' AND job.attempt > 0 AND job.job_id >= :since
              AND (job.attempt <> before.attempt + 1 OR job.tenant_id <> before.tenant_id
                OR job.root_id IS DISTINCT FROM COALESCE(before.root_id, before.job_id)
                OR job.job_type <> before.job_type OR (job.kind IS NULL AND (job.params <> before.params OR job.pool IS DISTINCT FROM before.pool))
                OR job.max_retries <> before.max_retries)
            """;

    static final String LANE_HAS_ITS_TURN =
            """
            SELECT lane.tenant_id FROM lane CROSS JOIN LATERAL (
                SELECT job_id FROM ready WHERE ready.tenant_id = lane.tenant_id
                ORDER BY priority DESC, position LIMIT 1) AS first
            WHERE has_ready AND NOT is_paused AND NOT is_suspended AND NOT is_reserved
              AND running < concurrent_limit AND first.job_id < :patience
              AND EXISTS (SELECT 1 FROM lease WHERE lease.tenant_id <> lane.tenant_id
                          AND claimed_at > CAST(:now AS timestamptz) - interval '1 minute')
              AND NOT EXISTS (SELECT 1 FROM lease WHERE lease.tenant_id = lane.tenant_id
                              AND claimed_at > CAST(:now AS timestamptz) - interval '5 minutes')
              AND NOT EXISTS (SELECT 1 FROM run WHERE run.tenant_id = lane.tenant_id
                              AND started_at > CAST(:now AS timestamptz) - interval '5 minutes')
            """;

    static final String SUSPENDED_STARTS_NOTHING =
            """
            SELECT tenant_id FROM tenant
            WHERE status NOT IN ('ACTIVE', 'TRIAL')
              AND (EXISTS (SELECT 1 FROM lease WHERE lease.tenant_id = tenant.tenant_id
                           AND claimed_at > tenant.updated_at + interval '5 seconds')
                OR EXISTS (SELECT 1 FROM slot WHERE slot.tenant_id = tenant.tenant_id AND outcome = 'FIRED'
                           AND decided_at > tenant.updated_at + interval '5 seconds'))
            """;

    static final String PLACE_HAS_JOB =
            """
            SELECT place || ' ' || p.job_id FROM (
                SELECT 'ready' AS place, job_id, tenant_id FROM ready
                UNION ALL SELECT 'deferred', job_id, tenant_id FROM deferred
                UNION ALL SELECT 'parked', job_id, tenant_id FROM parked
                UNION ALL SELECT 'lease', job_id, tenant_id FROM lease
                UNION ALL SELECT 'run', job_id, tenant_id FROM run WHERE job_id >= :since) AS p
            LEFT JOIN job ON job.job_id = p.job_id AND job.tenant_id = p.tenant_id
            WHERE job.job_id IS NULL
            """;

    static final String JOB_HAS_PLACE =
            """
            SELECT job.job_id::text FROM job
            LEFT JOIN (
                SELECT job_id FROM ready UNION ALL SELECT job_id FROM deferred
                UNION ALL SELECT job_id FROM parked UNION ALL SELECT job_id FROM lease
                UNION ALL SELECT job_id FROM run WHERE job_id >= :since) AS place ON place.job_id = job.job_id
            WHERE job.job_id >= :since AND place.job_id IS NULL
            """;

    static final String SUSPENSION_STANDS =
            """
            SELECT tenant_id FROM (
                SELECT tenant_id, is_suspended FROM lane
                UNION SELECT tenant_id, is_suspended FROM schedule) AS halted JOIN tenant USING (tenant_id)
            WHERE is_suspended <> (status NOT IN ('ACTIVE', 'TRIAL'))
            """;

    static final String PERMIT_IS_TAKEN =
            """
            SELECT DISTINCT waiting.pool
            FROM (SELECT DISTINCT pool, tenant_id FROM parked WHERE wait_key LIKE 'pool:%') AS waiting
            JOIN pool USING (pool) JOIN lane USING (tenant_id)
            WHERE capacity > (SELECT count(*) FROM permit WHERE permit.pool = pool.pool)
                    + (SELECT count(*) FROM reservation WHERE reservation.status = 'ACTIVE' AND waits_for = pool.pool)
              AND NOT is_paused AND NOT is_suspended AND NOT is_reserved AND running < concurrent_limit
            """;

    static final String BACKFILL_ADDS_UP =
            """
            SELECT backfill_id::text FROM backfill CROSS JOIN LATERAL (
                SELECT count(*) FILTER (WHERE state = 'WAITING') AS waiting,
                       count(*) FILTER (WHERE state = 'LIVE') AS live, count(*) AS total
                FROM backfill_instant WHERE backfill_instant.backfill_id = backfill.backfill_id) AS instants
            WHERE instants.waiting <> backfill.waiting OR instants.live <> backfill.live
               OR instants.total <> backfill.total
            """;

    static final String LANE_KEEPS_ITS_LIMIT =
            """
            SELECT lane.tenant_id FROM lane JOIN subscription USING (tenant_id)
            WHERE running > lane.concurrent_limit
              AND EXISTS (SELECT 1 FROM lease WHERE lease.tenant_id = lane.tenant_id
                          AND claimed_at > interval '5 seconds' + GREATEST(subscription.updated_at, (
                              SELECT max(COALESCE(ended_at, created_at)) FROM limit_override
                              WHERE limit_override.tenant_id = lane.tenant_id)))
            """;

    static final String LEASE_HAS_NODE =
            """
            SELECT job_id::text FROM lease
            WHERE claimed_at < CAST(:now AS timestamptz) - interval '2 minutes'
              AND NOT EXISTS (SELECT 1 FROM node WHERE node.node_id = lease.node_id
                              AND heartbeat_at > CAST(:now AS timestamptz) - interval '2 minutes')
            """;

    static final String RETRY_FOLLOWS_A_FAILURE =
            """
            SELECT job.job_id::text FROM job JOIN job AS before ON before.job_id = job.retry_of
            LEFT JOIN run ON run.job_id = job.retry_of AND run.state = 'FAILED'
            WHERE job.trigger_type = 'retry' AND job.attempt > 0 AND job.job_id >= :since AND run.job_id IS NULL
            """;

    static final String TICKET_HAS_LANE =
            """
            SELECT DISTINCT tenant_id FROM (
                SELECT tenant_id FROM ready UNION ALL SELECT tenant_id FROM deferred
                UNION ALL SELECT tenant_id FROM parked) AS ticket
            WHERE NOT EXISTS (SELECT 1 FROM lane WHERE lane.tenant_id = ticket.tenant_id)
            """;

    static final String WAITS_FOR_A_RUN =
            """
            SELECT job_id::text FROM parked
            WHERE wait_key LIKE 'config:%'
              AND NOT EXISTS (SELECT 1 FROM in_flight WHERE in_flight.tenant_id = parked.tenant_id
                              AND in_flight.flight_key = parked.wait_key)
            """;

    static final String ONE_PLACE =
            """
            SELECT job_id::text FROM (
                SELECT job_id FROM ready UNION ALL SELECT job_id FROM deferred
                UNION ALL SELECT job_id FROM parked UNION ALL SELECT job_id FROM lease
                UNION ALL SELECT job_id FROM run WHERE job_id >= :since) AS place
            GROUP BY job_id HAVING count(*) > 1
            """;
}
