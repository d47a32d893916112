/// Runs a config for the instants of past days, behind all scheduled work and never in its way.
///
/// Everything it knows is in tables, so any node may go on where another stopped. A verb; imports
/// nouns, `launch`, `queue` and ground.
@NullMarked
package dev.convergence.engine.backfill;

import org.jspecify.annotations.NullMarked;
