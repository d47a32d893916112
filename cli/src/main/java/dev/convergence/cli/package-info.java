/// The command line of a running server; it speaks HTTP and knows nothing else of the engine.
@NullMarked
package dev.convergence.cli;

import org.jspecify.annotations.NullMarked;
