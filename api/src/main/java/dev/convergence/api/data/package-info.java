/// A tenant's own data set, as it is on the wire.
@NullMarked
package dev.convergence.api.data;

import org.jspecify.annotations.NullMarked;
