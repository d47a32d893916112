/// The object graph, written out: one class per part of the program, constructors only.
@NullMarked
package dev.convergence.service.wiring;

import org.jspecify.annotations.NullMarked;
