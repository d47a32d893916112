/// Who the tenants are and how their programs prove it: profiles, API keys, onboarding, departure.
/// A noun; imports ground, the subscription, the template catalogue and the warehouse's port.
@NullMarked
package dev.convergence.engine.tenant;

import org.jspecify.annotations.NullMarked;
