/// The audit log.
@NullMarked
package dev.convergence.api.audit;

import org.jspecify.annotations.NullMarked;
