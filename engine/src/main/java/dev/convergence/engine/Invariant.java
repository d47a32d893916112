package dev.convergence.engine;

/// What must be true of the engine's tables, each with the query that finds the rows that break it.
///
/// A query is one statement, so it sees one committed moment and may run beside the nodes. It
/// answers one text a broken row. The numbers are those of docs/invariants.md.
///
/// `:since` is the smallest id of the jobs looked at, so that the long tables give up only the
/// partitions of these days. `:now` is the database's time.
enum Invariant {
    FIRED_ONCE(
            "I1",
            Kind.HISTORY,
            "an instant of a schedule has one run",
            """
            SELECT config_id || ' at ' || slot_at FROM job
            WHERE slot_at IS NOT NULL AND retry_of IS NULL AND job_id >= :since
            GROUP BY config_id, slot_at HAVING count(*) > 1
            """),
    JOB_SCHEDULE_FIRED_ONCE(
            "I1",
            Kind.HISTORY,
            "the job of a job schedule's instant is of that schedule",
            """
            SELECT f.job_id::text FROM job_schedule_fire f JOIN job USING (job_id)
            WHERE job.job_id >= :since AND job.schedule_id IS DISTINCT FROM f.schedule_id
            """),
    FIRE_IS_DECIDED(
            "I2",
            Kind.HISTORY,
            "a scheduled run has its slot",
            """
            SELECT job_id::text FROM job
            WHERE slot_at IS NOT NULL AND retry_of IS NULL AND job_id >= :since
              AND NOT EXISTS (SELECT 1 FROM slot WHERE slot.config_id = job.config_id AND slot.due_at = job.slot_at)
            """),
    // Slots are kept longer than jobs.
    SLOT_HAS_JOB(
            "I2",
            Kind.HISTORY,
            "a fired slot has its job",
            """
            SELECT config_id || ' at ' || due_at FROM slot
            WHERE outcome = 'FIRED' AND job_id >= :since
              AND NOT EXISTS (SELECT 1 FROM job WHERE job.job_id = slot.job_id)
              AND NOT EXISTS (SELECT 1 FROM retained WHERE subject = 'runs' AND slot.decided_at < since)
            """),
    SKIP_SAYS_WHY(
            "I2",
            Kind.HISTORY,
            "a slot that fired nothing has a reason",
            """
            SELECT config_id || ' at ' || due_at FROM slot
            WHERE outcome <> 'FIRED' AND reason IS NULL AND (job_id IS NULL OR job_id >= :since)
            """),
    DUE_IS_DECIDED(
            "I2",
            Kind.CLOCK,
            "what has come due is decided within a minute",
            """
            SELECT config_id::text FROM schedule
            WHERE is_enabled AND NOT is_suspended
              AND next_fire < CAST(:now AS timestamptz) - interval '1 minute'
            """),
    // A gap is written at thousands of rows a second; none is as long as this takes.
    GAP_IS_CLOSED(
            "I2",
            Kind.CLOCK,
            "what did not fire has its rows within ten minutes",
            """
            SELECT config_id || ' from ' || from_at FROM slot_gap
            WHERE decided_at < CAST(:now AS timestamptz) - interval '10 minutes'
            """),
    // What a cron means no statement knows: LedgerAudit asks whether each instant has its slot.
    NOTHING_IS_DECIDED_AHEAD(
            "I2",
            Kind.HISTORY,
            "no instant has an outcome before it is due",
            """
            SELECT config_id || ' at ' || due_at FROM slot
            WHERE decided_at < COALESCE(until_at, due_at) AND (job_id IS NULL OR job_id >= :since)
            """),
    ONE_PLACE("I3", Kind.HISTORY, "a job is in no two places", InvariantQueries.ONE_PLACE),
    PLACE_HAS_JOB(
            "I3",
            Kind.HISTORY,
            "what waits, runs or has ended is a job, and its tenant's",
            InvariantQueries.PLACE_HAS_JOB),
    TOKEN_IS_USED_ONCE(
            "I4",
            Kind.HISTORY,
            "a token belongs to one attempt",
            """
            SELECT token::text FROM (
                SELECT token FROM lease
                UNION ALL SELECT token FROM run WHERE token IS NOT NULL AND job_id >= :since) AS attempt
            GROUP BY token HAVING count(*) > 1
            """),
    ENDED_BY_ITS_CLAIM(
            "I4",
            Kind.HISTORY,
            "what was started ended by a token, and what failed was started",
            """
            SELECT job_id::text FROM run
            WHERE job_id >= :since
              AND ((token IS NULL) <> (started_at IS NULL) OR (state = 'FAILED' AND token IS NULL))
            """),
    LANE_COUNTS_ITS_LEASES(
            "I5",
            Kind.LIVE,
            "a lane's number of running jobs is the number of its leases",
            """
            SELECT tenant_id FROM lane
            FULL JOIN (SELECT tenant_id, count(*) AS leases FROM lease GROUP BY tenant_id) AS held USING (tenant_id)
            WHERE COALESCE(running, 0) <> COALESCE(leases, 0)
            """),
    // A lower limit stops nothing that runs. Claims of a moment before it may carry a later time.
    LANE_KEEPS_ITS_LIMIT(
            "I5",
            Kind.LIVE,
            "a lane above its limit has started nothing since the limit was lowered",
            InvariantQueries.LANE_KEEPS_ITS_LIMIT),
    POOL_KEEPS_ITS_CAPACITY(
            "I5",
            Kind.LIVE,
            "a pool has no more permits out than it has",
            """
            SELECT pool FROM pool WHERE capacity < (SELECT count(*) FROM permit WHERE permit.pool = pool.pool)
            """),
    PERMIT_HAS_LEASE(
            "I5",
            Kind.LIVE,
            "a permit belongs to a live lease, or is kept of a lost one",
            """
            SELECT job_id::text FROM permit
            WHERE held_until IS NULL
              AND NOT EXISTS (SELECT 1 FROM lease
                              WHERE lease.job_id = permit.job_id AND lease.token = permit.token)
            """),
    LEASE_HAS_PERMIT(
            "I5",
            Kind.LIVE,
            "a running job of a pool holds a permit of it",
            """
            SELECT lease.job_id::text FROM lease JOIN job USING (job_id) JOIN pool USING (pool)
            WHERE NOT EXISTS (SELECT 1 FROM permit
                              WHERE permit.job_id = lease.job_id AND permit.pool = pool.pool)
            """),
    JOB_HAS_PLACE(
            "I6", Kind.HISTORY, "a job waits, runs or has ended", InvariantQueries.JOB_HAS_PLACE),
    TICKET_HAS_LANE(
            "I6", Kind.LIVE, "what waits has a lane to wait in", InvariantQueries.TICKET_HAS_LANE),
    PARKED_HAS_POOL(
            "I6",
            Kind.LIVE,
            "what waits for a pool waits for one that there is",
            """
            SELECT job_id::text FROM parked
            WHERE wait_key LIKE 'pool:%' AND NOT EXISTS (SELECT 1 FROM pool WHERE pool.pool = parked.pool)
            """),
    FLIGHT_IS_LIVE(
            "I6",
            Kind.LIVE,
            "what is in flight has not ended",
            """
            SELECT flight_key FROM in_flight
            WHERE EXISTS (SELECT 1 FROM run WHERE run.job_id = in_flight.job_id)
               OR NOT EXISTS (SELECT 1 FROM job WHERE job.job_id = in_flight.job_id)
            """),
    READY_IS_IN_THE_RING(
            "I6",
            Kind.CLOCK,
            "a lane with tickets is in the ring",
            """
            SELECT tenant_id FROM lane
            WHERE NOT has_ready AND EXISTS (SELECT 1 FROM ready WHERE ready.tenant_id = lane.tenant_id)
            """),
    PAUSE_ENDS(
            "I6",
            Kind.CLOCK,
            "a job whose pause is over can be claimed within a minute",
            """
            SELECT job_id::text FROM deferred
            WHERE due_at < CAST(:now AS timestamptz) - interval '1 minute'
            """),
    WAITS_FOR_A_RUN(
            "I6",
            Kind.CLOCK,
            "a run that waits for its config's earlier run has one to wait for",
            InvariantQueries.WAITS_FOR_A_RUN),
    PERMIT_IS_TAKEN(
            "I6",
            Kind.CLOCK,
            "nobody who could start waits for a pool that has a permit free",
            InvariantQueries.PERMIT_IS_TAKEN),
    LEASE_HAS_NODE(
            "I6",
            Kind.CLOCK,
            "a dead node's work is rescued within two minutes",
            InvariantQueries.LEASE_HAS_NODE),
    LANE_HAS_ITS_TURN(
            "I7",
            Kind.CLOCK,
            "no lane waits for five minutes while others are served",
            InvariantQueries.LANE_HAS_ITS_TURN),
    SUSPENSION_STANDS(
            "I8",
            Kind.LIVE,
            "a suspended tenant's lane and schedules are halted, and no other's",
            InvariantQueries.SUSPENSION_STANDS),
    SUSPENDED_STARTS_NOTHING(
            "I8",
            Kind.LIVE,
            "a suspended tenant starts nothing and fires nothing",
            InvariantQueries.SUSPENDED_STARTS_NOTHING),
    DISABLED_IS_NOT_DUE(
            "I8",
            Kind.LIVE,
            "a config that is off is never due, one that is on is",
            """
            SELECT config_id::text FROM schedule JOIN pipeline_config USING (config_id)
            WHERE is_enabled <> (is_active AND deleted_at IS NULL) AND halt IS DISTINCT FROM 'FAILURES'
            """),
    RETRIED_ONCE(
            "I9",
            Kind.HISTORY,
            "an attempt has at most one automatic retry",
            """
            SELECT retry_of::text FROM job WHERE trigger_type = 'retry' AND attempt > 0 AND job_id >= :since
            GROUP BY retry_of HAVING count(*) > 1
            """),
    RETRIES_HAVE_AN_END(
            "I9",
            Kind.HISTORY,
            "nothing is tried again more often than it may be",
            """
            SELECT job_id::text FROM job
            WHERE trigger_type = 'retry' AND attempt > 0 AND attempt > max_retries AND job_id >= :since
            """),
    RETRY_FOLLOWS_A_FAILURE(
            "I9",
            Kind.HISTORY,
            "only what failed is tried again",
            InvariantQueries.RETRY_FOLLOWS_A_FAILURE),
    // What a request asked for is a snapshot: no edit of a template or a config reaches a retry.
    RETRY_IS_THE_SAME_WORK(
            "I9",
            Kind.HISTORY,
            "a retry is the next attempt of the same work",
            InvariantQueries.RETRY_IS_THE_SAME_WORK),
    NOTHING_FOLLOWS_A_HAND(
            "I9",
            Kind.HISTORY,
            "no automatic retry follows a retry by hand or a direct execution",
            """
            SELECT job.job_id::text FROM job JOIN job AS before ON before.job_id = job.retry_of
            WHERE job.retry_kind = 'AUTO' AND job.job_id >= :since AND (before.retry_kind = 'MANUAL' OR before.kind = 'DIRECT')
            """),
    // Jitter may shorten a pause; by how much is the installation's choice, and not recorded.
    PAUSE_IS_KEPT(
            "I9",
            Kind.HISTORY,
            "a retry starts no sooner than half of its pause after the failure",
            InvariantQueries.PAUSE_IS_KEPT),
    ENDED_WITH_ITS_MEMBERS(
            "I10",
            Kind.HISTORY,
            "a group has ended when all its members have, and not before",
            InvariantQueries.ENDED_WITH_ITS_MEMBERS),
    // Work that was stopped is a failure, and a cancelled retry leaves the one before it standing.
    ENDED_LIKE_ITS_MEMBERS(
            "I10",
            Kind.HISTORY,
            "a group's end is what its members' last attempts make of it",
            InvariantQueries.ENDED_LIKE_ITS_MEMBERS),
    // Nodes' ideas of the time differ by moments; what has not ended at all needs no allowance.
    MEMBERS_KEEP_THEIR_ORDER(
            "I10",
            Kind.HISTORY,
            "a member of a sequential group starts when those before it have ended",
            InvariantQueries.MEMBERS_KEEP_THEIR_ORDER),
    SEQUENCE_GOES_ON(
            "I10",
            Kind.LIVE,
            "members wait for one before them that waits, runs or pauses",
            InvariantQueries.SEQUENCE_GOES_ON),
    MEMBER_HAS_ITS_OWN_NUMBER(
            "I10",
            Kind.HISTORY,
            "each number of a group is one member's",
            InvariantQueries.MEMBER_HAS_ITS_OWN_NUMBER),
    RESERVED_ONCE(
            "PERS-005",
            Kind.LIVE,
            "a lane has at most one active reservation",
            InvariantQueries.RESERVED_ONCE),
    RESERVATION_STANDS(
            "PERS-005",
            Kind.LIVE,
            "a lane is reserved exactly as long as a reservation of it is active",
            InvariantQueries.RESERVATION_STANDS),
    RESERVED_STARTS_NOTHING(
            "PERS-005",
            Kind.LIVE,
            "a reserved lane starts nothing but what it is reserved for",
            InvariantQueries.RESERVED_STARTS_NOTHING),
    RESERVATION_ENDS(
            "PERS-005",
            Kind.CLOCK,
            "a reservation ends with its time, and with its node",
            InvariantQueries.RESERVATION_ENDS),
    DIRECT_NEVER_WAITS(
            "DEC-004",
            Kind.HISTORY,
            "a direct execution has no ticket and no automatic retry",
            InvariantQueries.DIRECT_NEVER_WAITS),
    NOTICE_IS_OF_AN_END(
            "I11",
            Kind.LIVE,
            "what is told of a run is told of one that has ended",
            """
            SELECT outbox_id::text FROM outbox
            WHERE job_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM run WHERE run.job_id = outbox.job_id)
            """),
    NOTICE_IS_DELIVERED(
            "I11",
            Kind.CLOCK,
            "what is to be told is told within five minutes",
            """
            SELECT outbox_id::text FROM outbox WHERE due_at < CAST(:now AS timestamptz) - interval '5 minutes'
            """),
    ENDS_AFTER_ITS_START(
            "I12",
            Kind.HISTORY,
            "nothing ends before it started",
            """
            SELECT job_id::text FROM run WHERE finished_at < started_at AND job_id >= :since
            """),
    BACKFILL_ADDS_UP(
            "I13",
            Kind.LIVE,
            "a backfill's counters are its instants' states",
            InvariantQueries.BACKFILL_ADDS_UP),
    NOTHING_IS_OF_THE_FUTURE(
            "I12",
            Kind.CLOCK,
            "no claim and no heartbeat is later than the database's time",
            """
            SELECT 'lease ' || job_id FROM lease
            WHERE claimed_at > CAST(:now AS timestamptz) + interval '5 seconds'
            UNION ALL
            SELECT 'node ' || node_id FROM node
            WHERE heartbeat_at > CAST(:now AS timestamptz) + interval '5 seconds'
            """);

    private final String number;
    private final Kind kind;
    private final String sentence;
    private final String query;

    Invariant(String number, Kind kind, String sentence, String query) {
        this.number = number;
        this.kind = kind;
        this.sentence = sentence;
        this.query = query;
    }

    String number() {
        return number;
    }

    Kind kind() {
        return kind;
    }

    String sentence() {
        return sentence;
    }

    String query() {
        return query;
    }
}
