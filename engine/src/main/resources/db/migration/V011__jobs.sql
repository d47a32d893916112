-- Jobs that people put in: what each belongs to, where it stands in its queue, what it made.

ALTER TABLE job
    ADD COLUMN kind text CHECK (kind IN ('QUEUE', 'DIRECT')),        -- null: put in by a program or a config
    ADD COLUMN retry_kind text CHECK (retry_kind IN ('AUTO', 'MANUAL')),
    ADD COLUMN template_id uuid,
    ADD COLUMN schedule_id uuid,
    ADD COLUMN shown_position bigint;                 -- 100, 200, … in its level; its order is that of `position`
CREATE INDEX job_group ON job (group_id, sequence_number) WHERE group_id IS NOT NULL;

-- The last of a level is looked for whenever a job is put at its end.
CREATE INDEX parked_order ON parked (tenant_id, priority DESC, position);
DROP INDEX parked_tenant;

-- What an execution made, for its tenant to fetch. As old as its run, and gone with it.
CREATE TABLE artifact (
    job_id          uuid        NOT NULL,
    name            text        NOT NULL,
    tenant_id       text COLLATE "C" NOT NULL,
    media_type      text        NOT NULL,
    bytes           bytea       NOT NULL,
    sha256          text        NOT NULL,
    stored_at       timestamptz NOT NULL,
    PRIMARY KEY (job_id, name)
) PARTITION BY RANGE (job_id);
CREATE INDEX artifact_tenant ON artifact (tenant_id);
CREATE TABLE artifact_default PARTITION OF artifact DEFAULT;
