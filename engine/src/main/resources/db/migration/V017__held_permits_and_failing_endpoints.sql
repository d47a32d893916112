-- A permit whose holder was lost, but is not known to be dead: its work may still be using what the pool guards.
-- Kept until the holder says that it has stopped, is known to be dead, or the time is up.
ALTER TABLE permit
    ADD COLUMN held_until      timestamptz,            -- null: its lease lives
    ADD COLUMN host            text,                   -- the lost holder, as its node was known
    ADD COLUMN pid             bigint,
    ADD COLUMN pid_started_at  timestamptz,
    ADD COLUMN presence        integer,
    ADD CHECK ((held_until IS NULL) = (host IS NULL) AND (host IS NULL) = (pid IS NULL));

-- The number of the advisory lock that a node's process holds as long as its connection lives; null: none is known.
ALTER TABLE node ADD COLUMN presence integer;

-- Since when nothing at all has reached an endpoint; null: the last attempt did, or there was none.
ALTER TABLE webhook_endpoint ADD COLUMN failing_since timestamptz;
