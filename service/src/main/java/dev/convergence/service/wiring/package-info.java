/// The object graph, written out: one class per part, no component scan.
@NullMarked
package dev.convergence.service.wiring;

import org.jspecify.annotations.NullMarked;
