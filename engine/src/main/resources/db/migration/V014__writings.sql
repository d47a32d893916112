-- The newest stories and research cards of a tenant, which the next ones are compared with.
CREATE INDEX artifact_writing ON artifact (tenant_id, job_id DESC, name DESC)
    WHERE name LIKE 'story%.md' OR name = 'card.json';
