package dev.convergence.steps.source;

/// A format that a pipeline takes, and the table that its lines go to.
record Target(Format format, String table) {}
