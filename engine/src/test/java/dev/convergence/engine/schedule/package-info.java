@NullMarked
package dev.convergence.engine.schedule;

import org.jspecify.annotations.NullMarked;
