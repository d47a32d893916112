/// Telling tenants' own systems what happened: where they want to hear of it, what is told, and the
/// log of each telling. Noun; the wire itself is the port `courier`.
@NullMarked
package dev.convergence.engine.webhook;

import org.jspecify.annotations.NullMarked;
