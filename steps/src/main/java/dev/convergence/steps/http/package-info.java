/// Reaching out: HTTP sources and receivers of webhooks that a tenant names, with the guard that
/// keeps them out of our own network, and APIs that an operator names. Imports ports, the intake
/// and the HTTP client only.
@NullMarked
package dev.convergence.steps.http;

import org.jspecify.annotations.NullMarked;
