/// A request to execute once, where it came from and how it may be retried. A noun; imports ground.
/// Writing its state belongs to `queue`.
@NullMarked
package dev.convergence.engine.job;

import org.jspecify.annotations.NullMarked;
