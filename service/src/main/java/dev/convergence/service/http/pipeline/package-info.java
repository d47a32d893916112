/// Routes of pipeline runs, configs and templates.
@NullMarked
package dev.convergence.service.http.pipeline;

import org.jspecify.annotations.NullMarked;
