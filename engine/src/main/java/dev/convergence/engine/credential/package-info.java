/// Tenants' credentials of cloud providers, sealed before they are stored. A noun; imports ground,
/// the subscription (for the limit of providers) and the warehouse's port.
@NullMarked
package dev.convergence.engine.credential;

import org.jspecify.annotations.NullMarked;
