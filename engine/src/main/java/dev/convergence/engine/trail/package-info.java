/// The audit log: who wrote what, before and after. Noun; imports ground.
@NullMarked
package dev.convergence.engine.trail;

import org.jspecify.annotations.NullMarked;
