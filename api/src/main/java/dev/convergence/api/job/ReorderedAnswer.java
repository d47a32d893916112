package dev.convergence.api.job;

import java.util.List;

/// @param jobs in their new order
public record ReorderedAnswer(List<JobAnswer> jobs) {}
