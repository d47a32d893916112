package dev.convergence.steps.landing;

import java.nio.file.Path;

/// A file that a pattern found.
///
/// @param name the path below the tenant's folder by which it was found
/// @param real where its bytes are, links resolved; inside the tenant's folder
record FoundFile(String name, Path real) {}
