/// The words of an operator's scripts: one step of a set-up at a time.
@NullMarked
package dev.convergence.api.admin;

import org.jspecify.annotations.NullMarked;
