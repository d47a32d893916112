/// Turns due configs into runs: any node may do it, row locks decide who does, nobody is a leader.
///
/// A verb; imports nouns, `launch`, `queue` and ground.
@NullMarked
package dev.convergence.engine.schedule;

import org.jspecify.annotations.NullMarked;
