/// What jobs are made of again and again: a type, parameters, a retry policy. A noun; imports
/// ground and `job`.
@NullMarked
package dev.convergence.engine.jobtemplate;

import org.jspecify.annotations.NullMarked;
