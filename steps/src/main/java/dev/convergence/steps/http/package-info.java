/// Reaching out: HTTP sources that a tenant names, and the guard that keeps them out of our own
/// network. Imports the step port, the intake and the HTTP client only.
@NullMarked
package dev.convergence.steps.http;

import org.jspecify.annotations.NullMarked;
