/// The words about tenants: onboarding, profiles, departure.
@NullMarked
package dev.convergence.api.tenant;

import org.jspecify.annotations.NullMarked;
