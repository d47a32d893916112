/// That credentials stay secret, and within the plan.
@NullMarked
package dev.convergence.engine.credential;

import org.jspecify.annotations.NullMarked;
