-- A tenant's pipelines, when each is due next, and the ledger of what became of every due instant.

CREATE TABLE pipeline_config (
    config_id       uuid        PRIMARY KEY,
    tenant_id       text COLLATE "C" NOT NULL REFERENCES tenant ON DELETE CASCADE,
    provider        text        NOT NULL,              -- upper case
    domain          text        NOT NULL,              -- upper case
    template_name   text        NOT NULL,              -- as given; looked up in lower case
    pipeline_name   text        NOT NULL,
    description     text,
    schedule_cron   text        NOT NULL,
    timezone        text        NOT NULL DEFAULT 'UTC',
    is_active       boolean     NOT NULL DEFAULT true,
    deleted_at      timestamptz,
    parameters      jsonb       NOT NULL DEFAULT '{}',
    priority        smallint    NOT NULL DEFAULT 5 CHECK (priority BETWEEN 1 AND 10),
    retry_config    jsonb       NOT NULL DEFAULT '{}',
    notification_emails text[]  NOT NULL DEFAULT '{}',
    last_run_time   timestamptz,
    last_run_status text        CHECK (last_run_status IN ('SUCCESS', 'FAILED', 'SKIPPED', 'CANCELLED')),
    created_by      text,
    created_at      timestamptz NOT NULL,
    updated_at      timestamptz NOT NULL
);
CREATE INDEX pipeline_config_tenant ON pipeline_config (tenant_id, created_at DESC) WHERE deleted_at IS NULL;

-- When a config is due next. Narrow, because the scheduler rewrites it at each fire.
CREATE TABLE schedule (
    config_id       uuid        PRIMARY KEY REFERENCES pipeline_config ON DELETE CASCADE,
    tenant_id       text COLLATE "C" NOT NULL,
    next_fire       timestamptz NOT NULL,
    is_enabled      boolean     NOT NULL,              -- the config is active and not deleted
    is_suspended    boolean     NOT NULL DEFAULT false -- the tenant is
) WITH (fillfactor = 80, autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 2000);
CREATE INDEX schedule_due ON schedule (next_fire) WHERE is_enabled AND NOT is_suspended;
CREATE INDEX schedule_tenant ON schedule (tenant_id);

-- One instant at which a config was due, with exactly one outcome.
CREATE TABLE slot (
    tenant_id       text COLLATE "C" NOT NULL,
    config_id       uuid        NOT NULL,
    due_at          timestamptz NOT NULL,
    outcome         text        NOT NULL CHECK (outcome IN (
                        'FIRED', 'SKIPPED_MISSED', 'SKIPPED_OVERLAP', 'SKIPPED_QUOTA',
                        'SKIPPED_DISABLED', 'SKIPPED_SUSPENDED')),
    job_id          uuid,
    reason          text,
    decided_at      timestamptz NOT NULL,
    PRIMARY KEY (config_id, due_at),
    CHECK (outcome <> 'FIRED' OR job_id IS NOT NULL)
) PARTITION BY RANGE (due_at);
CREATE INDEX slot_tenant ON slot (tenant_id, due_at DESC);
CREATE TABLE slot_default PARTITION OF slot DEFAULT;
