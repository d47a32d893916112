/// Tests of the back ends against models that speak their vendors' protocols.
@NullMarked
package dev.convergence.steps.generation.model;

import org.jspecify.annotations.NullMarked;
