-- Of what is due at one instant, a batch takes tenant after tenant: it locks and counts the usage of
-- few tenants, and does not come back to those whose runs are ending meanwhile.
DROP INDEX schedule_due;
CREATE INDEX schedule_due ON schedule (next_fire, tenant_id) WHERE is_enabled AND NOT is_suspended;
