/// Language models behind their vendors' protocols: one file each, pure, and one place that calls.
/// Imports the engine's `step` port and `http`.
@NullMarked
package dev.convergence.steps.generation.model;

import org.jspecify.annotations.NullMarked;
