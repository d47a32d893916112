/// A tenant's pipelines: a template with parameters and a schedule. A noun; imports ground.
@NullMarked
package dev.convergence.engine.pipeline;

import org.jspecify.annotations.NullMarked;
