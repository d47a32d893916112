package dev.convergence.api.job;

import java.util.List;

/// @param runs of one job: none or one
public record JobRunsAnswer(List<JobRunAnswer> runs, int total) {}
