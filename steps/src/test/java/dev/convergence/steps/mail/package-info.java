/// Mail as a real server gets it.
@NullMarked
package dev.convergence.steps.mail;

import org.jspecify.annotations.NullMarked;
