/// Facts that somebody outside the transaction wants to know. Ground.
@NullMarked
package dev.convergence.engine.event;

import org.jspecify.annotations.NullMarked;
