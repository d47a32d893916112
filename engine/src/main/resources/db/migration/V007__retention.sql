-- What is kept for how long, and how tables that only grow are vacuumed.

-- From when on everything of a kind is still there; what is older may be gone.
CREATE TABLE retained (
    subject         text        PRIMARY KEY CHECK (subject IN ('runs', 'logs', 'slots')),
    since           timestamptz NOT NULL
);

-- Day partitions are only inserted into. Frozen by the vacuum that follows the inserts, their pages
-- are written once more and never again; left alone, they would all be frozen together, months later.
DO $$
DECLARE partition regclass;
BEGIN
    FOR partition IN
        SELECT inhrelid::regclass FROM pg_inherits
        WHERE inhparent IN ('job'::regclass, 'run'::regclass, 'slot'::regclass)
    LOOP
        EXECUTE format(
            'ALTER TABLE %s SET (autovacuum_vacuum_insert_scale_factor = 0, '
            'autovacuum_vacuum_insert_threshold = 50000, autovacuum_freeze_min_age = 0)', partition);
    END LOOP;
END $$;

-- The logs of runs lose at one end what they gain at the other, in batches of 5000 rows.
ALTER TABLE step_log SET (autovacuum_vacuum_scale_factor = 0.02, autovacuum_vacuum_threshold = 5000,
    autovacuum_vacuum_insert_scale_factor = 0.05);
ALTER TABLE quality_result SET (autovacuum_vacuum_scale_factor = 0.02, autovacuum_vacuum_threshold = 5000,
    autovacuum_vacuum_insert_scale_factor = 0.05);
ALTER TABLE run_log SET (autovacuum_vacuum_scale_factor = 0.02, autovacuum_vacuum_threshold = 5000,
    autovacuum_vacuum_insert_scale_factor = 0.05);
