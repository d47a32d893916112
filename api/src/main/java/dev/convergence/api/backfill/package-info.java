/// The words about backfills.
@NullMarked
package dev.convergence.api.backfill;

import org.jspecify.annotations.NullMarked;
