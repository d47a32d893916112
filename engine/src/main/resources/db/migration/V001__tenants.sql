-- The nouns: who the tenants are and what they may do.

CREATE TABLE tenant (
    tenant_id       text COLLATE "C" PRIMARY KEY CHECK (tenant_id ~ '^[a-zA-Z0-9_-]{3,64}$'),
    company_name    text        NOT NULL,
    admin_email     text        NOT NULL,
    status          text        NOT NULL DEFAULT 'ACTIVE'
                                CHECK (status IN ('ACTIVE', 'TRIAL', 'SUSPENDED', 'CANCELLED')),
    suspended_reason text,
    created_at      timestamptz NOT NULL,
    updated_at      timestamptz NOT NULL
);

CREATE TABLE api_key (
    api_key_id      uuid        PRIMARY KEY,
    tenant_id       text COLLATE "C" NOT NULL REFERENCES tenant ON DELETE CASCADE,
    key_name        text        NOT NULL,
    key_hash        text        NOT NULL UNIQUE CHECK (key_hash ~ '^[0-9a-f]{64}$'),   -- SHA-256, hex
    scopes          text[]      NOT NULL,
    is_active       boolean     NOT NULL DEFAULT true,
    expires_at      timestamptz,
    created_at      timestamptz NOT NULL,
    created_by      text,
    last_used_at    timestamptz,
    deactivated_at  timestamptz,
    deactivated_by  text,
    deactivation_reason text
);
CREATE INDEX api_key_tenant ON api_key (tenant_id, created_at DESC);

CREATE TABLE subscription (
    subscription_id uuid        PRIMARY KEY,
    tenant_id       text COLLATE "C" NOT NULL UNIQUE REFERENCES tenant ON DELETE CASCADE,
    plan_name       text        NOT NULL CHECK (plan_name IN ('STARTER', 'PROFESSIONAL', 'SCALE')),
    status          text        NOT NULL DEFAULT 'ACTIVE'
                                CHECK (status IN ('ACTIVE', 'TRIAL', 'EXPIRED', 'CANCELLED', 'PAST_DUE')),
    daily_limit     integer     NOT NULL CHECK (daily_limit >= 0),
    monthly_limit   integer     NOT NULL CHECK (monthly_limit >= 0),
    concurrent_limit integer    NOT NULL CHECK (concurrent_limit >= 0),
    max_team_members integer    NOT NULL,
    max_providers   integer     NOT NULL,
    monthly_price_usd numeric(10, 2),
    billing_cycle   text        NOT NULL DEFAULT 'MONTHLY' CHECK (billing_cycle IN ('MONTHLY', 'ANNUAL')),
    auto_renew      boolean     NOT NULL DEFAULT true,
    trial_start_date date,
    trial_end_date  date,
    subscription_start_date date NOT NULL,
    subscription_end_date date,
    created_at      timestamptz NOT NULL,
    updated_at      timestamptz NOT NULL
);

-- One row per tenant and UTC day, made when first needed; the month's total is carried from day to day.
CREATE TABLE quota_usage (
    tenant_id       text COLLATE "C" NOT NULL REFERENCES tenant ON DELETE CASCADE,
    usage_date      date        NOT NULL,
    run_today       integer     NOT NULL DEFAULT 0 CHECK (run_today >= 0),
    run_month       integer     NOT NULL DEFAULT 0 CHECK (run_month >= 0),
    succeeded_today integer     NOT NULL DEFAULT 0 CHECK (succeeded_today >= 0),
    failed_today    integer     NOT NULL DEFAULT 0 CHECK (failed_today >= 0),
    cancelled_today integer     NOT NULL DEFAULT 0 CHECK (cancelled_today >= 0),
    concurrent_max  integer     NOT NULL DEFAULT 0,
    warned_at       timestamptz,                       -- 80 % of the daily limit reached
    exceeded_at     timestamptz,                       -- a run was refused
    last_started_at timestamptz,
    last_completed_at timestamptz,
    created_at      timestamptz NOT NULL,
    updated_at      timestamptz NOT NULL,
    PRIMARY KEY (tenant_id, usage_date)
);
CREATE INDEX quota_usage_date ON quota_usage (usage_date);

CREATE TABLE credential (
    credential_id   uuid        PRIMARY KEY,
    tenant_id       text COLLATE "C" NOT NULL REFERENCES tenant ON DELETE CASCADE,
    provider        text        NOT NULL,
    credential_type text        NOT NULL,
    credential_name text        NOT NULL,
    ciphertext      bytea       NOT NULL,              -- Tink AES-256-GCM, tenant and provider as associated data
    key_id          text        NOT NULL,              -- which master key sealed it
    project_id      text,
    account_id      text,
    region          text,
    scopes          text[]      NOT NULL DEFAULT '{}',
    description     text,
    is_active       boolean     NOT NULL DEFAULT true,
    validation_status text      NOT NULL DEFAULT 'PENDING'
                                CHECK (validation_status IN ('PENDING', 'VALID', 'INVALID', 'EXPIRED')),
    validation_error text,
    last_validated_at timestamptz,
    last_used_at    timestamptz,
    created_by_user_id text,
    updated_by_user_id text,
    created_at      timestamptz NOT NULL,
    updated_at      timestamptz NOT NULL,
    UNIQUE (tenant_id, provider, credential_name)
);
