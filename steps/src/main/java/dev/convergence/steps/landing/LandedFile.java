package dev.convergence.steps.landing;

import java.nio.file.Path;

/// A file of the landing zone, copied into the run's own directory, where nobody can change it.
///
/// @param name the path relative to the tenant's landing zone: what people and lineage see
/// @param copy the run's copy: what is read
public record LandedFile(String name, Path copy, long bytes) {}
