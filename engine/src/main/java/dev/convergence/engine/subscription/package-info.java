/// What a tenant has booked: its plan, its limits, and what it has used of them. A noun; imports
/// ground and the template catalogue.
@NullMarked
package dev.convergence.engine.subscription;

import org.jspecify.annotations.NullMarked;
