/// Runs a pipeline: a template's steps, each as soon as what it depends on is done.
///
/// A verb; imports nouns, `worker`, `step` and ground.
@NullMarked
package dev.convergence.engine.flow;

import org.jspecify.annotations.NullMarked;
