/// Routes of the installation's nodes.
@NullMarked
package dev.convergence.service.http.node;

import org.jspecify.annotations.NullMarked;
