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

-- What jobs are made of again and again. A job takes a copy; it never looks here again.
CREATE TABLE job_template (
    template_id     uuid        PRIMARY KEY,           -- version 7
    tenant_id       text COLLATE "C" NOT NULL REFERENCES tenant ON DELETE CASCADE,
    name            text        NOT NULL,
    job_type        text        NOT NULL,
    params          jsonb       NOT NULL DEFAULT '{}',
    retry_policy    jsonb       NOT NULL,
    description     text,
    archived_at     timestamptz,                       -- no new jobs from then on
    created_at      timestamptz NOT NULL,
    updated_at      timestamptz NOT NULL
);
CREATE INDEX job_template_tenant ON job_template (tenant_id, template_id);

-- When a template becomes a job by itself.
CREATE TABLE job_schedule (
    schedule_id     uuid        PRIMARY KEY,           -- version 7
    tenant_id       text COLLATE "C" NOT NULL REFERENCES tenant ON DELETE CASCADE,
    template_id     uuid        NOT NULL REFERENCES job_template ON DELETE CASCADE,
    name            text        NOT NULL,
    cron            text        NOT NULL,
    timezone        text        NOT NULL,
    enabled         boolean     NOT NULL,
    priority        smallint    NOT NULL DEFAULT 0 CHECK (priority BETWEEN 0 AND 100),
    param_overrides jsonb       NOT NULL DEFAULT '{}',
    next_trigger_at timestamptz NOT NULL,
    last_triggered_at timestamptz,
    created_at      timestamptz NOT NULL,
    updated_at      timestamptz NOT NULL
);
CREATE INDEX job_schedule_tenant ON job_schedule (tenant_id, schedule_id);
CREATE INDEX job_schedule_template ON job_schedule (template_id);
CREATE INDEX job_schedule_due ON job_schedule (next_trigger_at) WHERE enabled;

-- An instant of a schedule and the job that it made: there can be no second.
CREATE TABLE job_schedule_fire (
    schedule_id     uuid        NOT NULL REFERENCES job_schedule ON DELETE CASCADE,
    due_at          timestamptz NOT NULL,
    job_id          uuid        NOT NULL,
    PRIMARY KEY (schedule_id, due_at)
);

CREATE INDEX job_of_people ON job (tenant_id, job_type, job_id) WHERE kind IS NOT NULL;

-- Every job in the words of people: three of status, six of state, derived from where it is.
CREATE VIEW job_state AS
SELECT j.job_id, j.tenant_id, j.job_type, j.params, j.priority, j.shown_position, j.attempt, j.max_retries,
       j.retry_of, COALESCE(j.root_id, j.job_id) AS root_id, j.retry_kind, j.retry_policy, j.kind, j.pool,
       j.group_id, j.sequence_number, j.template_id, j.schedule_id, j.trigger_type, j.trigger_by, j.user_id,
       to_timestamp(('x' || translate(left(j.job_id::text, 13), '-', ''))::bit(48)::bigint / 1000.0) AS created_at,
       CASE WHEN r.job_id IS NOT NULL AND r.started_at IS NULL THEN 'CANCELLED'
            WHEN r.job_id IS NOT NULL OR l.job_id IS NOT NULL THEN 'RUNNING'
            ELSE 'QUEUED' END AS status,
       CASE WHEN r.state = 'CANCELLED' AND r.started_at IS NOT NULL THEN 'FAILED'
            WHEN r.job_id IS NOT NULL THEN r.state
            WHEN l.job_id IS NOT NULL THEN 'RUNNING'
            ELSE 'QUEUED' END AS state,
       -- a job that was cancelled while it waited has no run
       l.job_id IS NOT NULL OR r.started_at IS NOT NULL OR COALESCE(r.state, '') = 'SKIPPED' AS has_run,
       COALESCE(r.started_at, l.claimed_at) AS started_at,
       r.finished_at, r.error, r.error_code, r.exit_code, r.artifacts, r.result,
       COALESCE(r.node_id, l.node_id) AS node_id, d.due_at AS not_before, l.cancel_requested_at
FROM job j
LEFT JOIN run r ON r.job_id = j.job_id
LEFT JOIN lease l ON l.job_id = j.job_id
LEFT JOIN deferred d ON d.job_id = j.job_id;
