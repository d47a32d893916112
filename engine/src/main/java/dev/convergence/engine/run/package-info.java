/// The records of runs: steps, quality results, log lines, and how to find them. A noun; imports
/// ground.
@NullMarked
package dev.convergence.engine.run;

import org.jspecify.annotations.NullMarked;
