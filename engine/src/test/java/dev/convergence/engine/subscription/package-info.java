/// What plans allow, and what has been used.
@NullMarked
package dev.convergence.engine.subscription;

import org.jspecify.annotations.NullMarked;
