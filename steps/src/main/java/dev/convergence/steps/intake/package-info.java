/// The bounds on what one run may bring onto this machine. Imports only the step port.
@NullMarked
package dev.convergence.steps.intake;

import org.jspecify.annotations.NullMarked;
