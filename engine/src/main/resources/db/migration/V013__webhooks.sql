-- Whom a tenant wants to be told, and what became of each telling.

CREATE TABLE webhook_endpoint (
    endpoint_id     uuid        PRIMARY KEY,
    tenant_id       text COLLATE "C" NOT NULL REFERENCES tenant ON DELETE CASCADE,
    url             text        NOT NULL,
    description     text,
    events          text[]      NOT NULL CHECK (cardinality(events) > 0),   -- names, or families as in job.run.*
    max_attempts    smallint    NOT NULL CHECK (max_attempts BETWEEN 1 AND 10),
    is_enabled      boolean     NOT NULL,
    disabled_reason text,                              -- why we switched it off; null when its tenant did
    secret          bytea       NOT NULL,              -- sealed like a credential
    key_id          text        NOT NULL,              -- which master key sealed it
    old_secret      bytea,                             -- signs beside the new one until then
    old_key_id      text,
    old_secret_until timestamptz,
    created_at      timestamptz NOT NULL,
    updated_at      timestamptz NOT NULL,
    CHECK ((old_secret IS NULL) = (old_key_id IS NULL) AND (old_secret IS NULL) = (old_secret_until IS NULL))
);
CREATE INDEX webhook_endpoint_tenant ON webhook_endpoint (tenant_id, endpoint_id);

-- One event for one endpoint. Its payload never changes; all attempts send the same bytes.
-- No foreign key: the log of an endpoint outlives it.
CREATE TABLE webhook_delivery (
    delivery_id     uuid        PRIMARY KEY,           -- version 7: retention goes by its time
    tenant_id       text COLLATE "C" NOT NULL,
    endpoint_id     uuid        NOT NULL,
    event           text        NOT NULL,
    job_id          uuid,                              -- whose run it tells of
    group_id        uuid,
    payload         bytea       NOT NULL,
    state           text        NOT NULL CHECK (state IN ('PENDING', 'DELIVERED', 'FAILED')),
    attempt_count   integer     NOT NULL DEFAULT 0,
    max_attempts    integer     NOT NULL,              -- more after a redelivery
    next_attempt_at timestamptz,                       -- while a node has it: when others may take it
    claim           uuid,                              -- who may write the result of the present attempt
    last_http_status integer,
    last_error      text,
    created_at      timestamptz NOT NULL,
    delivered_at    timestamptz,
    CHECK ((state = 'PENDING') = (next_attempt_at IS NOT NULL)),
    CHECK (state <> 'DELIVERED' OR delivered_at IS NOT NULL)
) WITH (autovacuum_vacuum_scale_factor = 0.02, autovacuum_vacuum_threshold = 2000);
CREATE INDEX webhook_delivery_due ON webhook_delivery (endpoint_id, next_attempt_at) WHERE state = 'PENDING';
CREATE UNIQUE INDEX webhook_delivery_job ON webhook_delivery (job_id, endpoint_id, event) WHERE job_id IS NOT NULL;
CREATE UNIQUE INDEX webhook_delivery_group ON webhook_delivery (group_id, endpoint_id, event) WHERE group_id IS NOT NULL;
CREATE INDEX webhook_delivery_tenant ON webhook_delivery (tenant_id, delivery_id);
CREATE INDEX webhook_delivery_event ON webhook_delivery (tenant_id, event, delivery_id);
CREATE INDEX webhook_delivery_open ON webhook_delivery (tenant_id, state, delivery_id) WHERE state <> 'DELIVERED';
CREATE INDEX webhook_delivery_endpoint ON webhook_delivery (endpoint_id, delivery_id);

CREATE TABLE webhook_attempt (
    delivery_id     uuid        NOT NULL REFERENCES webhook_delivery ON DELETE CASCADE,
    attempt_number  integer     NOT NULL,
    tenant_id       text COLLATE "C" NOT NULL,
    started_at      timestamptz NOT NULL,
    duration_ms     bigint      NOT NULL,
    http_status     integer,                           -- null when nothing answered
    error           text,                              -- null when it was delivered
    response        text,                              -- the beginning of what was answered
    PRIMARY KEY (delivery_id, attempt_number)
);
