/// Tenants: profiles, keys and standing. A noun; imports ground only.
@NullMarked
package dev.convergence.engine.tenant;

import org.jspecify.annotations.NullMarked;
