/// Tests of the SQL sandbox: what is answered, what is refused, what is stopped.
@NullMarked
package dev.convergence.steps.query;

import org.jspecify.annotations.NullMarked;
