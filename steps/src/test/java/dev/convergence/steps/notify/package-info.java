/// The words of notifications.
@NullMarked
package dev.convergence.steps.notify;

import org.jspecify.annotations.NullMarked;
