/// What executions made, kept for their tenants to fetch. A noun; imports ground.
@NullMarked
package dev.convergence.engine.artifact;

import org.jspecify.annotations.NullMarked;
