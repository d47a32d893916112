-- Ways to look at a million runs that no look-up by id needs, for kinds of jobs that are few or do much.
-- Jobs of programs, which neither has anything to do with, pay nothing for them.

-- Pipelines of a tenant, newest first: behind any number of other jobs, by their id, and counted.
CREATE INDEX job_pipeline ON job (tenant_id, job_id) INCLUDE (pipeline_id, slot_at) WHERE pipeline_id IS NOT NULL;

-- A tenant's direct executions, so that all others are counted without a look at each.
CREATE INDEX job_direct ON job (tenant_id, job_id) WHERE kind = 'DIRECT';
