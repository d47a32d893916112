/// The routes of plans, limits and usage.
@NullMarked
package dev.convergence.service.http.subscription;

import org.jspecify.annotations.NullMarked;
