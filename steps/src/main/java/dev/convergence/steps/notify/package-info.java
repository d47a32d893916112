/// The words of notifications: texts from small templates, escaped for whom they are for.
@NullMarked
package dev.convergence.steps.notify;

import org.jspecify.annotations.NullMarked;
