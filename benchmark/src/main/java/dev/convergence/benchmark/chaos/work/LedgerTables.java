package dev.convergence.benchmark.chaos.work;

import org.jdbi.v3.core.Jdbi;

/// The harness's own books, beside the engine's: what was asked for, and what handlers did.
public final class LedgerTables {

    private LedgerTables() {}

    private static final String CREATE =
            """
            CREATE SCHEMA ledger;
            -- Written in the transaction that puts the job in: it is there exactly when the job is.
            CREATE TABLE ledger.asked (
                root_id     uuid        PRIMARY KEY,
                batch       integer     NOT NULL,
                plan        text        NOT NULL,
                retries_max integer     NOT NULL,
                tenant_id   text        NOT NULL,
                pool        text);
            CREATE INDEX asked_batch ON ledger.asked (batch);
            -- A handler began; it works only when this is committed.
            CREATE TABLE ledger.began (
                entry_id    uuid        PRIMARY KEY,
                token       bigint      NOT NULL,
                job_id      uuid        NOT NULL,
                root_id     uuid        NOT NULL,
                attempt     integer     NOT NULL,
                node_id     uuid        NOT NULL,
                life        text        NOT NULL,
                tenant_id   text        NOT NULL,
                pool        text,
                began_at    timestamptz NOT NULL DEFAULT clock_timestamp());
            -- A handler is about to hand in its outcome; it does so only when this is committed.
            CREATE TABLE ledger.ended (
                entry_id    uuid        PRIMARY KEY,
                outcome     text        NOT NULL,
                ended_at    timestamptz NOT NULL DEFAULT clock_timestamp());
            -- A node's process, with the difference of its own clock to the database's.
            CREATE TABLE ledger.life (
                life        text        PRIMARY KEY,
                own_time    timestamptz NOT NULL,
                began_at    timestamptz NOT NULL DEFAULT clock_timestamp());
            CREATE TABLE ledger.death (
                life        text        PRIMARY KEY,
                died_at     timestamptz NOT NULL,
                is_far      boolean     NOT NULL);
            """;

    public static void create(Jdbi jdbi) {
        jdbi.useHandle(handle -> handle.createScript(CREATE).execute());
    }
}
