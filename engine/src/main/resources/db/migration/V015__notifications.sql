-- Whom a tenant wants to have people told, of what, and what became of each message.

-- A way to reach people: addresses, a Slack webhook, a system of their own, the log.
CREATE TABLE notification_channel (
    channel_id      uuid        PRIMARY KEY,
    tenant_id       text COLLATE "C" NOT NULL REFERENCES tenant ON DELETE CASCADE,
    channel_type    text        NOT NULL CHECK (channel_type IN ('EMAIL', 'SLACK', 'WEBHOOK', 'LOG')),
    name            text        NOT NULL,
    settings        jsonb       NOT NULL DEFAULT '{}', -- recipients and looks; nothing secret
    secret          bytea,                             -- URL and signing secret, sealed like a credential
    key_id          text,                              -- which master key sealed it
    max_attempts    smallint    NOT NULL CHECK (max_attempts BETWEEN 1 AND 10),
    is_enabled      boolean     NOT NULL,
    is_direct       boolean     NOT NULL DEFAULT false, -- for the addresses that configs and templates name
    created_at      timestamptz NOT NULL,
    updated_at      timestamptz NOT NULL,
    UNIQUE (tenant_id, name),
    CHECK ((secret IS NULL) = (key_id IS NULL)),
    CHECK ((channel_type IN ('SLACK', 'WEBHOOK')) = (secret IS NOT NULL)),
    CHECK (channel_type = 'EMAIL' OR NOT is_direct)
);
CREATE UNIQUE INDEX notification_channel_direct ON notification_channel (tenant_id) WHERE is_direct;

-- Which events go to which channels.
CREATE TABLE notification_rule (
    rule_id         uuid        PRIMARY KEY,
    tenant_id       text COLLATE "C" NOT NULL REFERENCES tenant ON DELETE CASCADE,
    name            text        NOT NULL,
    events          text[]      NOT NULL CHECK (cardinality(events) > 0),
    channel_ids     uuid[]      NOT NULL,              -- those that were deleted are taken out
    providers       text[]      NOT NULL DEFAULT '{}', -- of pipelines, in upper case; empty: all
    pipeline_id     text,                              -- only of this one
    severity        text        CHECK (severity IN ('INFO', 'WARNING', 'ERROR', 'CRITICAL')), -- null: the event's own
    cooldown_seconds integer    CHECK (cooldown_seconds BETWEEN 0 AND 604800),                -- null: the event's own
    is_final_only   boolean     NOT NULL DEFAULT false, -- nothing of failures that are tried again
    late_seconds    integer     NOT NULL,
    days_before     integer     NOT NULL,
    run_states      text[]      NOT NULL,              -- ends of runs that some event is made of
    is_enabled      boolean     NOT NULL,
    created_at      timestamptz NOT NULL,
    updated_at      timestamptz NOT NULL,
    UNIQUE (tenant_id, name)
);

CREATE INDEX notification_rule_enabled ON notification_rule (tenant_id) WHERE is_enabled;

-- Until when a rule sends nothing more of the same.
CREATE TABLE notification_cooldown (
    tenant_id       text COLLATE "C" NOT NULL,
    cooldown_key    text        NOT NULL,              -- rule or direct channel, event, and what it is about
    until           timestamptz NOT NULL,
    PRIMARY KEY (tenant_id, cooldown_key)
);
CREATE INDEX notification_cooldown_until ON notification_cooldown (until);

-- What was noticed by looking, so that it is noted once.
CREATE TABLE notification_told (
    tenant_id       text COLLATE "C" NOT NULL,
    what            text        NOT NULL,
    told_at         timestamptz NOT NULL,
    PRIMARY KEY (tenant_id, what)
);
CREATE INDEX notification_told_at ON notification_told (told_at);

-- One message for one channel. Its payload never changes. No foreign key: the history outlives its channel.
CREATE TABLE notification_delivery (
    delivery_id     uuid        PRIMARY KEY,           -- version 7: retention goes by its time
    tenant_id       text COLLATE "C" NOT NULL,
    channel_id      uuid        NOT NULL,
    rule_id         uuid,
    event           text        NOT NULL,
    severity        text        NOT NULL,
    fact            text        NOT NULL,              -- the same fact makes one message a channel
    job_id          uuid,
    pipeline_id     text,
    subject         text        NOT NULL,
    payload         bytea       NOT NULL,
    state           text        NOT NULL CHECK (state IN ('PENDING', 'DELIVERED', 'FAILED', 'HELD', 'UNCERTAIN')),
    attempt_count   integer     NOT NULL DEFAULT 0,
    max_attempts    integer     NOT NULL,
    next_attempt_at timestamptz,                       -- while a node has it: when others may take it
    claim           uuid,                              -- who may write the result of the present attempt
    handed_at       timestamptz,                       -- from here on it may have arrived
    held_until      timestamptz,
    last_status     integer,
    last_error      text,
    created_at      timestamptz NOT NULL,
    delivered_at    timestamptz,
    UNIQUE (channel_id, fact),
    CHECK ((state = 'PENDING') = (next_attempt_at IS NOT NULL)),
    CHECK (state <> 'DELIVERED' OR delivered_at IS NOT NULL),
    CHECK (state <> 'HELD' OR held_until IS NOT NULL),
    CHECK (handed_at IS NULL OR claim IS NOT NULL OR state = 'UNCERTAIN')
) WITH (autovacuum_vacuum_scale_factor = 0.02, autovacuum_vacuum_threshold = 2000);
CREATE INDEX notification_delivery_due ON notification_delivery (channel_id, next_attempt_at) WHERE state = 'PENDING';
CREATE INDEX notification_delivery_handed ON notification_delivery (next_attempt_at)
    WHERE state = 'PENDING' AND handed_at IS NOT NULL;
CREATE INDEX notification_delivery_tenant ON notification_delivery (tenant_id, delivery_id);
CREATE INDEX notification_delivery_event ON notification_delivery (tenant_id, event, delivery_id);
CREATE INDEX notification_delivery_state ON notification_delivery (tenant_id, state, delivery_id) WHERE state <> 'DELIVERED';
CREATE INDEX notification_delivery_channel ON notification_delivery (channel_id, delivery_id);
CREATE INDEX notification_delivery_job ON notification_delivery (job_id) WHERE job_id IS NOT NULL;

CREATE TABLE notification_attempt (
    delivery_id     uuid        NOT NULL REFERENCES notification_delivery ON DELETE CASCADE,
    attempt_number  integer     NOT NULL,
    tenant_id       text COLLATE "C" NOT NULL,
    started_at      timestamptz NOT NULL,
    duration_ms     bigint      NOT NULL,
    status          integer,                           -- of HTTP or SMTP; null when nothing answered
    error           text,                              -- null when it was delivered
    response        text,
    PRIMARY KEY (delivery_id, attempt_number)
);

-- Whether any config of a tenant names people who are told of its failures.
CREATE INDEX pipeline_config_emails ON pipeline_config (tenant_id)
    WHERE notification_emails <> '{}' AND deleted_at IS NULL;
