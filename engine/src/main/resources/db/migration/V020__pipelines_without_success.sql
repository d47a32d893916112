-- Active configs whose last two runs or more have failed: few, and counted without reading the others.
CREATE INDEX pipeline_config_without_success ON pipeline_config (config_id)
    WHERE failures_in_a_row >= 2 AND is_active AND deleted_at IS NULL;
