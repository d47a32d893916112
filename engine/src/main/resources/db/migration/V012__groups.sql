-- Jobs that belong together, and lanes that wait for one execution.

ALTER INDEX job_group RENAME TO job_of_group;

-- A group's row is the mutex of its members: whoever moves or ends one of them holds it.
CREATE TABLE job_group (
    group_id        uuid        PRIMARY KEY,           -- version 7
    members_from    uuid        NOT NULL,              -- no member's id is smaller: older days are not looked at
    tenant_id       text COLLATE "C" NOT NULL REFERENCES tenant ON DELETE CASCADE,
    name            text,
    mode            text        NOT NULL CHECK (mode IN ('SEQUENTIAL', 'PARALLEL')),
    on_failure      text        NOT NULL CHECK (on_failure IN ('STOP', 'CONTINUE', 'SKIP')),
    priority        smallint    NOT NULL,
    created_by      text,
    cancel_requested_at timestamptz,
    status          text        CHECK (status IN ('COMPLETED', 'PARTIAL', 'CANCELLED')), -- null until all have ended
    finished_at     timestamptz,
    CHECK ((status IS NULL) = (finished_at IS NULL))
);
CREATE INDEX job_group_tenant ON job_group (tenant_id, group_id);
CREATE INDEX job_group_being_cancelled ON job_group (group_id) WHERE cancel_requested_at IS NOT NULL AND status IS NULL;

-- As long as it is active, its tenant's lane starts nothing but the execution that it is for.
CREATE TABLE reservation (
    reservation_id  uuid        PRIMARY KEY,           -- version 7
    tenant_id       text COLLATE "C" NOT NULL REFERENCES tenant ON DELETE CASCADE,
    reserved_by     text        NOT NULL,
    status          text        NOT NULL DEFAULT 'ACTIVE' CHECK (status IN ('ACTIVE', 'RELEASED', 'EXPIRED')),
    reserved_at     timestamptz NOT NULL,
    expires_at      timestamptz NOT NULL,
    ended_at        timestamptz,
    node_id         uuid,                              -- it ends with this node; null: it outlives all
    waits_for       text,                              -- the pool whose next permit is kept for it
    job_id          uuid,                              -- the execution that it was made for
    CHECK ((status = 'ACTIVE') = (ended_at IS NULL))
);
CREATE UNIQUE INDEX reservation_active ON reservation (tenant_id) WHERE status = 'ACTIVE';
CREATE INDEX reservation_waiting ON reservation (waits_for) WHERE status = 'ACTIVE' AND waits_for IS NOT NULL;
CREATE INDEX reservation_tenant ON reservation (tenant_id);

-- Before PostgreSQL 18 a generated column cannot be given another expression: it goes and comes back,
-- and the ring's index with it.
ALTER TABLE lane DROP COLUMN is_claimable;
ALTER TABLE lane
    ADD COLUMN is_reserved boolean NOT NULL DEFAULT false,
    ADD COLUMN is_claimable boolean NOT NULL GENERATED ALWAYS AS
        (has_ready AND NOT is_paused AND NOT is_suspended AND NOT is_reserved AND running < concurrent_limit) STORED;
CREATE INDEX lane_ring ON lane (virtual_time) WHERE is_claimable;
