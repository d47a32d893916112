/// How tenants come, prove who they are, and go.
@NullMarked
package dev.convergence.engine.tenant;

import org.jspecify.annotations.NullMarked;
