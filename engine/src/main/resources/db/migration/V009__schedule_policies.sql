-- What a config says about clocks that change, missed instants, overlapping runs, herds and ends; and a
-- ledger in which every due instant has one row. Why: docs/decisions/0020-every-instant-has-a-slot.md

ALTER TABLE pipeline_config
    ADD COLUMN schedule_policy jsonb NOT NULL DEFAULT '{}',  -- what was asked for; the rest has defaults
    ADD COLUMN failures_in_a_row integer NOT NULL DEFAULT 0, -- chains of attempts that ended FAILED
    ADD COLUMN halt text CHECK (halt IN ('PAUSED', 'FAILURES', 'ENDED')), -- why it is not active
    ADD COLUMN halt_reason text,
    ADD CHECK (halt IS NULL OR NOT is_active);

-- Whoever looks for a tenant's schedules finds them by its configs: one index less to write at each fire.
DROP INDEX schedule_tenant;
DELETE FROM schedule USING pipeline_config c WHERE c.config_id = schedule.config_id AND c.deleted_at IS NOT NULL;
ALTER TABLE schedule
    ADD COLUMN nominal_at timestamptz,                 -- the due instant where it is not next_fire: spread
    ADD COLUMN anchored_at timestamptz,                -- since when the present cadence counts
    ADD COLUMN fired_runs integer NOT NULL DEFAULT 0,
    ADD COLUMN halted_from timestamptz,                -- its last pause or suspension
    ADD COLUMN halted_until timestamptz,               -- null while it lasts
    ADD COLUMN halted_as text CHECK (halted_as IN ('SKIPPED_DISABLED', 'SKIPPED_SUSPENDED'));

ALTER TABLE slot
    ADD COLUMN effective_at timestamptz,               -- when it was to fire; null: at due_at
    ADD COLUMN until_at timestamptz;                   -- the last instant of a row that stands for many
-- Skipped ones are few and are asked for.
CREATE INDEX slot_not_fired ON slot (tenant_id, outcome, due_at DESC) WHERE outcome <> 'FIRED';

-- Instants whose outcome is known, but which have no rows yet: written in batches, however many.
CREATE TABLE slot_gap (
    gap_id          bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    tenant_id       text COLLATE "C" NOT NULL,
    config_id       uuid        NOT NULL,
    schedule_cron   text        NOT NULL,              -- the cadence of those instants, whatever it is now
    timezone        text        NOT NULL,
    dst_gap         text        NOT NULL,
    dst_overlap     text        NOT NULL,
    spread_seconds  integer     NOT NULL DEFAULT 0,
    from_at         timestamptz NOT NULL,              -- the first instant that has no row
    until_at        timestamptz NOT NULL,              -- and the last moment at which there may be one
    outcome         text        NOT NULL CHECK (outcome IN
                                ('SKIPPED_MISSED', 'SKIPPED_DISABLED', 'SKIPPED_SUSPENDED')),
    reason          text        NOT NULL,
    decided_at      timestamptz NOT NULL,
    CHECK (from_at <= until_at)
) WITH (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 2000);
