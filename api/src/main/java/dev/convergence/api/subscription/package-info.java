/// The words about plans, limits and usage.
@NullMarked
package dev.convergence.api.subscription;

import org.jspecify.annotations.NullMarked;
