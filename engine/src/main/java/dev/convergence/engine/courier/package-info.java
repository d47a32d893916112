/// The wire to tenants' own systems. Port; imports nothing of ours.
@NullMarked
package dev.convergence.engine.courier;

import org.jspecify.annotations.NullMarked;
