/// The engine's front door: build, start, stop, and one accessor for each room. The only place that
/// knows every room.
@NullMarked
package dev.convergence.engine;

import org.jspecify.annotations.NullMarked;
