/// What an operator can set, and what became of it: every variable, read once and checked whole.
@NullMarked
package dev.convergence.service.config;

import org.jspecify.annotations.NullMarked;
