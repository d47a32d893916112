/// The SQL sandbox: one read-only SELECT on a tenant's own file, in a process of its own with a
/// time and a memory limit.
@NullMarked
package dev.convergence.steps.query;

import org.jspecify.annotations.NullMarked;
