/// Nodes on the wire.
@NullMarked
package dev.convergence.api.node;

import org.jspecify.annotations.NullMarked;
