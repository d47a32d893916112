/// The words about groups of jobs.
@NullMarked
package dev.convergence.api.group;

import org.jspecify.annotations.NullMarked;
