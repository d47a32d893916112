/// Tests of templates: placeholders, parameters and the order of steps.
@NullMarked
package dev.convergence.engine.template;

import org.jspecify.annotations.NullMarked;
