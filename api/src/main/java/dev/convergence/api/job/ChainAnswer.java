package dev.convergence.api.job;

import java.util.List;

/// @param jobs the original and its retries, oldest first
public record ChainAnswer(List<JobAnswer> jobs, int total) {}
