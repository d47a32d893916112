/// Pipeline templates: parameters, steps and the order between them. A noun; imports ground.
@NullMarked
package dev.convergence.engine.template;

import org.jspecify.annotations.NullMarked;
