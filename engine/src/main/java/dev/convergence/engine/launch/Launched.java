package dev.convergence.engine.launch;

import dev.convergence.engine.id.JobId;

/// What became of a wish to run a pipeline.
///
/// @param isDuplicate true when an identical request is under way; `job` is that one's
public record Launched(JobId job, String pipelineId, boolean isDuplicate) {}
