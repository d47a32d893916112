-- What a pipeline run did: its steps, its quality results, its log.

CREATE TABLE step_log (
    step_log_id     uuid        PRIMARY KEY,
    tenant_id       text COLLATE "C" NOT NULL,
    job_id          uuid        NOT NULL,
    step_id         text        NOT NULL,
    step_type       text        NOT NULL,
    step_index      integer     NOT NULL,
    state           text        NOT NULL CHECK (state IN ('RUNNING', 'COMPLETED', 'FAILED', 'SKIPPED', 'CANCELLED')),
    started_at      timestamptz NOT NULL,
    finished_at     timestamptz,
    rows_read       bigint      NOT NULL DEFAULT 0,
    rows_written    bigint      NOT NULL DEFAULT 0,
    bytes_read      bigint      NOT NULL DEFAULT 0,
    error           text,
    metadata        jsonb       NOT NULL DEFAULT '{}',
    UNIQUE (job_id, step_id)
);

CREATE TABLE quality_result (
    quality_result_id uuid      PRIMARY KEY,
    tenant_id       text COLLATE "C" NOT NULL,
    job_id          uuid        NOT NULL,
    step_id         text        NOT NULL,
    suite           text        NOT NULL,
    rule            text        NOT NULL,
    kind            text        NOT NULL,
    target_table    text        NOT NULL,
    target_column   text,
    severity        text        NOT NULL CHECK (severity IN ('INFO', 'WARNING', 'CRITICAL')),
    passed          boolean     NOT NULL,
    rows_checked    bigint      NOT NULL,
    rows_failed     bigint      NOT NULL,
    actual          text        NOT NULL,
    expected        text        NOT NULL,
    failing_keys    jsonb       NOT NULL DEFAULT '[]',
    checked_at      timestamptz NOT NULL
);
CREATE INDEX quality_result_job ON quality_result (job_id);

CREATE TABLE run_log (
    job_id          uuid        NOT NULL,
    line_number     integer     NOT NULL,
    tenant_id       text COLLATE "C" NOT NULL,
    logged_at       timestamptz NOT NULL,
    line            text        NOT NULL,
    PRIMARY KEY (job_id, line_number)
);

-- Answers of requests that carried an Idempotency-Key, for 24 hours.
CREATE TABLE idempotent_answer (
    scope           text        NOT NULL,              -- tenant, or the operator
    idempotency_key text        NOT NULL,
    method          text        NOT NULL,
    path            text        NOT NULL,
    fingerprint     text        NOT NULL,              -- SHA-256 of the body
    status          integer,                           -- null while the first request is at work
    headers         jsonb,
    body            bytea,
    created_at      timestamptz NOT NULL,
    PRIMARY KEY (scope, idempotency_key, method, path)
);
CREATE INDEX idempotent_answer_created ON idempotent_answer (created_at);
