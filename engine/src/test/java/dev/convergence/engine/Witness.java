package dev.convergence.engine;

import dev.convergence.engine.sql.Database;
import java.util.List;

/// Sees every committed moment, where a query sees one: triggers of tests only, which write down
/// what must never be, also when it is over before anybody looks.
///
/// What is rolled back was never committed, and its notes are rolled back with it.
final class Witness {

    private static final String INSTALL =
            """
            CREATE TABLE IF NOT EXISTS witness (seen text NOT NULL);

            CREATE OR REPLACE FUNCTION witness_lane() RETURNS trigger LANGUAGE plpgsql AS $$
            BEGIN
                INSERT INTO witness VALUES (format('I5 lane %s started its %s. job of %s', NEW.tenant_id, NEW.running, NEW.concurrent_limit));
                RETURN NULL;
            END $$;
            CREATE OR REPLACE TRIGGER witness_limit AFTER UPDATE ON lane FOR EACH ROW
            WHEN (NEW.running > OLD.running AND NEW.running > NEW.concurrent_limit)
            EXECUTE FUNCTION witness_lane();

            CREATE OR REPLACE FUNCTION witness_pause() RETURNS trigger LANGUAGE plpgsql AS $$
            BEGIN
                INSERT INTO witness VALUES (format('I8 lane %s started a job while it was halted', NEW.tenant_id));
                RETURN NULL;
            END $$;
            CREATE OR REPLACE TRIGGER witness_pause AFTER UPDATE ON lane FOR EACH ROW
            WHEN (NEW.running > OLD.running AND (OLD.is_paused OR OLD.is_suspended))
            EXECUTE FUNCTION witness_pause();

            CREATE OR REPLACE FUNCTION witness_permit() RETURNS trigger LANGUAGE plpgsql AS $$
            BEGIN
                INSERT INTO witness SELECT format('I5 pool %s gave its permit %s of %s', NEW.pool, NEW.slot, capacity)
                FROM pool WHERE pool.pool = NEW.pool AND capacity < NEW.slot;
                RETURN NULL;
            END $$;
            CREATE OR REPLACE TRIGGER witness_permit AFTER INSERT ON permit FOR EACH ROW EXECUTE FUNCTION witness_permit();

            CREATE OR REPLACE FUNCTION witness_run() RETURNS trigger LANGUAGE plpgsql AS $$
            BEGIN
                INSERT INTO witness VALUES (format('I3 the end of job %s was changed', OLD.job_id));
                RETURN NULL;
            END $$;
            CREATE OR REPLACE TRIGGER witness_run AFTER UPDATE ON run FOR EACH ROW EXECUTE FUNCTION witness_run();

            CREATE OR REPLACE FUNCTION witness_job() RETURNS trigger LANGUAGE plpgsql AS $$
            BEGIN
                IF EXISTS (SELECT 1 FROM lease WHERE job_id = OLD.job_id) OR EXISTS (SELECT 1 FROM run WHERE job_id = OLD.job_id)
                   OR to_jsonb(OLD) - '{params,pool,priority,position,shown_position}'::text[]
                      <> to_jsonb(NEW) - '{params,pool,priority,position,shown_position}'::text[] THEN
                    INSERT INTO witness VALUES (format('INV-001 job %s was changed', OLD.job_id));
                END IF;
                RETURN NULL;
            END $$;
            CREATE OR REPLACE TRIGGER witness_job AFTER UPDATE ON job FOR EACH ROW EXECUTE FUNCTION witness_job()
            """;

    private Witness() {}

    static void install(Database database) {
        database.transact(handle -> handle.execute(INSTALL));
    }

    static List<String> saw(Database database) {
        return database.read(handle ->
                handle.createQuery("SELECT DISTINCT seen FROM witness ORDER BY seen LIMIT 5")
                        .mapTo(String.class)
                        .list());
    }
}
