/// Traces from an HTTP call to its run and the run's steps; nothing of it is there unless an
/// operator asks for it.
@NullMarked
package dev.convergence.service.trace;

import org.jspecify.annotations.NullMarked;
