/// Whether this node lives, is ready, and how it is doing.
@NullMarked
package dev.convergence.service.http.health;

import org.jspecify.annotations.NullMarked;
