/// Runs of pipelines, their configs and templates, as they are on the wire.
@NullMarked
package dev.convergence.api.pipeline;

import org.jspecify.annotations.NullMarked;
