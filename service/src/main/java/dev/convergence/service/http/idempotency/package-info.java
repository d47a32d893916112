/// Makes a repeated POST answer what the first one answered.
@NullMarked
package dev.convergence.service.http.idempotency;

import org.jspecify.annotations.NullMarked;
