/// Mail over SMTP, with the server that the installation has.
@NullMarked
package dev.convergence.steps.mail;

import org.jspecify.annotations.NullMarked;
