@NullMarked
package dev.convergence.steps.mail;

import org.jspecify.annotations.NullMarked;
