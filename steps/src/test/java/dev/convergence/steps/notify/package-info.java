@NullMarked
package dev.convergence.steps.notify;

import org.jspecify.annotations.NullMarked;
