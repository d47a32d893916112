/// The port to a tenant's own data set, wherever it lives. Depends on ground only.
@NullMarked
package dev.convergence.engine.warehouse;

import org.jspecify.annotations.NullMarked;
