/// Routes of groups of jobs.
@NullMarked
package dev.convergence.service.http.group;

import org.jspecify.annotations.NullMarked;
