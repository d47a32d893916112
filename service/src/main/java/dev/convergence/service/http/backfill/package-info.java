/// The routes of backfills.
@NullMarked
package dev.convergence.service.http.backfill;

import org.jspecify.annotations.NullMarked;
