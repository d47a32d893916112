package dev.convergence.engine.queue;

import dev.convergence.engine.id.NodeId;
import dev.convergence.engine.job.Job;
import java.time.Instant;

/// A node's right to run one job and to finish it, once.
///
/// A claim taken over by the rescuer no longer matches its lease, so a late finish changes nothing.
///
/// @param token from one sequence for all attempts: it never comes twice, unlike an attempt number
public record Claim(Job job, long token, NodeId node, Instant claimedAt) {}
