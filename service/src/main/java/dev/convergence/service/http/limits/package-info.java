/// What a request may weigh and how often it may come.
@NullMarked
package dev.convergence.service.http.limits;

import org.jspecify.annotations.NullMarked;
