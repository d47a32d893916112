@NullMarked
package dev.convergence.engine.time;

import org.jspecify.annotations.NullMarked;
