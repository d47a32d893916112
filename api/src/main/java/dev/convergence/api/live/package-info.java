/// The words of events that are sent while they happen.
@NullMarked
package dev.convergence.api.live;

import org.jspecify.annotations.NullMarked;
