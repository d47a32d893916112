package dev.convergence.engine.artifact;

import java.time.Instant;

/// What an execution made, without its bytes.
///
/// @param sha256 of the bytes, hex
public record Artifact(String name, String mediaType, long size, String sha256, Instant storedAt) {}
