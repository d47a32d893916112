/// What tests need and the engine does not: a real PostgreSQL, a clock set by hand, eventual
/// assertions.
@NullMarked
package dev.convergence.testkit;

import org.jspecify.annotations.NullMarked;
