-- What a job writes on its way from the queue to its history, cut to what is read.
-- Why, with figures: docs/decisions/0015-what-a-job-writes.md

-- A lane that may start a job now. In the predicate of the ring's index, so that a lane that is at
-- its limit is not passed over again and again; the ring holds claimable lanes only.
ALTER TABLE lane
    ADD COLUMN is_claimable boolean NOT NULL GENERATED ALWAYS AS
        (has_ready AND NOT is_paused AND NOT is_suspended AND running < concurrent_limit) STORED;
DROP INDEX lane_ring;
CREATE INDEX lane_ring ON lane (virtual_time) WHERE is_claimable;

-- Leases are few, as many as jobs run: what looks for them other than by job reads them all.
DROP INDEX lease_node;
DROP INDEX lease_tenant;

-- Nearly all runs complete; a tenant's are found by its jobs. Only the others need a way of their own.
DROP INDEX run_state;
CREATE INDEX run_not_completed ON run (tenant_id, state, job_id) WHERE state <> 'COMPLETED';

-- Where the job's ticket was put first: a hint for finding it among many.
-- And how many of its chain's attempts ended because their node died.
ALTER TABLE job
    ADD COLUMN position bigint,
    ADD COLUMN node_losses smallint NOT NULL DEFAULT 0;

-- A job that may be what kills the nodes that run it. It is not tried again until somebody says so.
CREATE TABLE dead_letter (
    job_id          uuid        PRIMARY KEY,           -- the last attempt
    tenant_id       text COLLATE "C" NOT NULL,
    reason          text        NOT NULL,
    died_at         timestamptz NOT NULL,
    redriven_at     timestamptz,
    redriven_as     uuid                               -- the job that was made of it
);
CREATE INDEX dead_letter_tenant ON dead_letter (tenant_id, job_id);
