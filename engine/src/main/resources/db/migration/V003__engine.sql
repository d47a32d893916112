-- The engine: what a job is, where it waits, who runs it, how it ended.
-- State is a table, not a column. Why: docs/decisions/0002-state-is-a-table.md

-- A request to execute once. Insert only.
CREATE TABLE job (
    job_id          uuid        PRIMARY KEY,           -- version 7: its time is the partition key
    tenant_id       text COLLATE "C" NOT NULL,
    job_type        text        NOT NULL,              -- pipeline, probe, …
    params          jsonb       NOT NULL DEFAULT '{}',
    priority        smallint    NOT NULL,
    attempt         smallint    NOT NULL DEFAULT 0,    -- 0 for the original, n for the n-th retry
    retry_of        uuid,
    root_id         uuid,                              -- the chain's original; null for the original itself
    max_retries     smallint    NOT NULL DEFAULT 0,
    retry_policy    jsonb,                             -- a snapshot: base, multiplier, cap
    pool            text,                              -- the pool it holds while running
    group_id        uuid,
    sequence_number integer,
    pipeline_id     text,                              -- from here on: pipelines only
    config_id       uuid,
    slot_at         timestamptz,
    trigger_type    text,                              -- scheduler, manual, retry, api
    trigger_by      text,
    user_id         text,
    flight_key      text                               -- see in_flight
) PARTITION BY RANGE (job_id);
CREATE INDEX job_tenant ON job (tenant_id, job_id);
CREATE INDEX job_config ON job (config_id, job_id) WHERE config_id IS NOT NULL;
CREATE INDEX job_retry_of ON job (retry_of) WHERE retry_of IS NOT NULL;
CREATE TABLE job_default PARTITION OF job DEFAULT;

-- A ticket: the job can be claimed.
CREATE SEQUENCE ticket_position CACHE 1;
CREATE TABLE ready (
    tenant_id       text COLLATE "C" NOT NULL,
    priority        smallint    NOT NULL,
    position        bigint      NOT NULL DEFAULT nextval('ticket_position'),
    job_id          uuid        NOT NULL,
    pool            text,
    is_manual       boolean     NOT NULL DEFAULT false -- counts against the concurrent limit while it waits
) WITH (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 2000,
        autovacuum_analyze_scale_factor = 0, autovacuum_analyze_threshold = 2000, vacuum_truncate = off);
CREATE UNIQUE INDEX ready_order ON ready (tenant_id, priority DESC, position);
CREATE INDEX ready_manual ON ready (tenant_id) WHERE is_manual;

-- A ticket for later: a retry's pause.
CREATE TABLE deferred (
    due_at          timestamptz NOT NULL,
    job_id          uuid        NOT NULL,
    tenant_id       text COLLATE "C" NOT NULL,
    priority        smallint    NOT NULL,
    pool            text,
    is_manual       boolean     NOT NULL DEFAULT false,
    PRIMARY KEY (due_at, job_id)
) WITH (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 2000);
CREATE INDEX deferred_job ON deferred (job_id);
CREATE INDEX deferred_tenant ON deferred (tenant_id);

-- A ticket that waits for something else: a pool's permit, a predecessor, a reservation.
CREATE TABLE parked (
    wait_key        text        NOT NULL,              -- pool:NAME, group:ID
    position        bigint      NOT NULL,
    job_id          uuid        NOT NULL,
    tenant_id       text COLLATE "C" NOT NULL,
    priority        smallint    NOT NULL,
    pool            text,
    is_manual       boolean     NOT NULL DEFAULT false,
    PRIMARY KEY (wait_key, position)
) WITH (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 2000);
CREATE INDEX parked_job ON parked (job_id);
CREATE INDEX parked_tenant ON parked (tenant_id);

-- A claim: a node's right to run the job and to finish it, as long as the token is here.
CREATE SEQUENCE attempt_token;
CREATE TABLE lease (
    job_id          uuid        PRIMARY KEY,
    tenant_id       text COLLATE "C" NOT NULL,
    token           bigint      NOT NULL,
    node_id         uuid        NOT NULL,
    claimed_at      timestamptz NOT NULL,
    cancel_requested_at timestamptz,
    cancel_reason   text
) WITH (fillfactor = 70, autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 2000,
        autovacuum_analyze_scale_factor = 0, autovacuum_analyze_threshold = 2000, vacuum_truncate = off);
CREATE INDEX lease_node ON lease (node_id);
CREATE INDEX lease_tenant ON lease (tenant_id);

-- How an execution ended. Append only; a job that was never started has no started_at.
CREATE TABLE run (
    job_id          uuid        PRIMARY KEY,
    tenant_id       text COLLATE "C" NOT NULL,
    state           text        NOT NULL CHECK (state IN ('COMPLETED', 'FAILED', 'SKIPPED', 'CANCELLED')),
    token           bigint,
    node_id         uuid,
    started_at      timestamptz,
    finished_at     timestamptz NOT NULL,
    error           text        CHECK (length(error) <= 1000),
    error_code      text,
    exit_code       integer,
    artifacts       jsonb,
    result          jsonb,
    CHECK (state <> 'COMPLETED' OR started_at IS NOT NULL)
) PARTITION BY RANGE (job_id);
CREATE INDEX run_state ON run (tenant_id, state, job_id);
CREATE TABLE run_default PARTITION OF run DEFAULT;

-- A tenant's right to run at most concurrent_limit jobs at once, and its place in the ring.
-- The row is the tenant's mutex: whoever changes its tickets or its number of running jobs holds it.
CREATE TABLE lane (
    tenant_id       text COLLATE "C" PRIMARY KEY,
    running         integer     NOT NULL DEFAULT 0 CHECK (running >= 0),
    concurrent_limit integer    NOT NULL CHECK (concurrent_limit >= 0),
    virtual_time    bigint      NOT NULL DEFAULT 0,
    weight          integer     NOT NULL DEFAULT 1 CHECK (weight > 0),
    has_ready       boolean     NOT NULL DEFAULT false,
    is_paused       boolean     NOT NULL DEFAULT false, -- the tenant stopped its own queue
    is_suspended    boolean     NOT NULL DEFAULT false  -- an operator suspended the tenant
) WITH (fillfactor = 50, autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 1000,
        autovacuum_analyze_scale_factor = 0, autovacuum_analyze_threshold = 1000, vacuum_truncate = off);
CREATE INDEX lane_ring ON lane (virtual_time) WHERE has_ready AND NOT is_paused AND NOT is_suspended;

-- An installation-wide resource, and one row per slot of it that is held.
CREATE TABLE pool (
    pool            text        PRIMARY KEY,
    capacity        integer     NOT NULL CHECK (capacity >= 0)
);
CREATE TABLE permit (
    pool            text        NOT NULL,
    slot            integer     NOT NULL,
    job_id          uuid        NOT NULL UNIQUE,
    token           bigint      NOT NULL,
    PRIMARY KEY (pool, slot)
);

-- A chain of attempts that is not over, by what makes a second one superfluous:
-- an identical manual request, or the same config.
CREATE TABLE in_flight (
    tenant_id       text COLLATE "C" NOT NULL,
    flight_key      text        NOT NULL,
    job_id          uuid        NOT NULL,              -- the chain's newest attempt
    PRIMARY KEY (tenant_id, flight_key)
);

-- A running process of the engine. One heartbeat a node, none a job.
CREATE TABLE node (
    node_id         uuid        PRIMARY KEY,
    host            text        NOT NULL,              -- machine, boot and process name space
    pid             bigint      NOT NULL,
    pid_started_at  timestamptz,
    slots           integer     NOT NULL,
    started_at      timestamptz NOT NULL,
    heartbeat_at    timestamptz NOT NULL,
    is_draining     boolean     NOT NULL DEFAULT false
);

-- Facts to deliver, written in the transaction of the fact.
CREATE TABLE outbox (
    outbox_id       bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    topic           text        NOT NULL,
    tenant_id       text COLLATE "C" NOT NULL,
    job_id          uuid,
    payload         jsonb,
    due_at          timestamptz NOT NULL,
    attempts        integer     NOT NULL DEFAULT 0
) WITH (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 1000);
CREATE INDEX outbox_due ON outbox (topic, due_at);
CREATE INDEX outbox_tenant ON outbox (topic, tenant_id);

-- Who did a cluster-wide duty last: whoever moves the time first does it.
CREATE TABLE duty (
    duty            text        PRIMARY KEY,
    done_at         timestamptz NOT NULL
);
