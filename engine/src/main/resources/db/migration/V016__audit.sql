-- Who wrote what over HTTP. Begun before the write, ended after it, never changed again.

CREATE TABLE audit (
    audit_id        uuid        PRIMARY KEY,           -- version 7: its time is the partition key
    tenant_id       text COLLATE "C",                  -- whose thing it was; null for the installation's
    actor           text        NOT NULL,              -- key:ID, admin, or anyone
    user_id         text,                              -- X-User-ID, as it was sent
    action          text        NOT NULL,              -- such as channels.create
    resource        text        NOT NULL,              -- such as channels
    resource_id     text,
    method          text        NOT NULL,
    path            text        NOT NULL,
    request_id      text        NOT NULL,
    outcome         text        CHECK (outcome IN ('DONE', 'REFUSED', 'FAILED', 'REPLAYED')), -- null: nobody knows
    status          integer,
    error_code      text,
    before          jsonb,                             -- what GET answered before; secrets masked
    after           jsonb,                             -- what the write answered; secrets masked
    ended_at        timestamptz,
    CHECK ((outcome IS NULL) = (ended_at IS NULL))
) PARTITION BY RANGE (audit_id);
CREATE INDEX audit_tenant ON audit (tenant_id, audit_id);
CREATE INDEX audit_tenant_action ON audit (tenant_id, action, audit_id);
CREATE INDEX audit_tenant_resource ON audit (tenant_id, resource, resource_id, audit_id);
CREATE INDEX audit_tenant_actor ON audit (tenant_id, actor, audit_id);
CREATE INDEX audit_action ON audit (action, audit_id);
CREATE INDEX audit_resource ON audit (resource, resource_id, audit_id);
CREATE INDEX audit_actor ON audit (actor, audit_id);
CREATE TABLE audit_default PARTITION OF audit DEFAULT;

-- What has ended stays as it is, whoever asks.
CREATE FUNCTION audit_is_kept() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.outcome IS NOT NULL OR NEW.audit_id <> OLD.audit_id OR NEW.actor <> OLD.actor
       OR NEW.action <> OLD.action OR NEW.path <> OLD.path OR NEW.request_id <> OLD.request_id THEN
        RAISE EXCEPTION 'an audit entry that has ended is not changed';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER audit_is_kept BEFORE UPDATE ON audit FOR EACH ROW EXECUTE FUNCTION audit_is_kept();

ALTER TABLE retained DROP CONSTRAINT retained_subject_check;
ALTER TABLE retained ADD CHECK (subject IN ('runs', 'logs', 'slots', 'audit'));

-- Which HTTP call made a job, while traces are on; let go after a week.
CREATE TABLE job_trace (
    job_id          uuid        PRIMARY KEY,
    traceparent     text        NOT NULL,
    made_at         timestamptz NOT NULL
);
CREATE INDEX job_trace_made ON job_trace (made_at);
