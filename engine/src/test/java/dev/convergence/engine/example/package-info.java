/// The examples of the engine's README, as programs that embed the engine would write them.
@NullMarked
package dev.convergence.engine.example;

import org.jspecify.annotations.NullMarked;
