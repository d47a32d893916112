/// Server-sent events: what happens to a tenant's runs and queue, and to one run, while it happens.
@NullMarked
package dev.convergence.service.http.live;

import org.jspecify.annotations.NullMarked;
