@NullMarked
package dev.convergence.engine;

import org.jspecify.annotations.NullMarked;
