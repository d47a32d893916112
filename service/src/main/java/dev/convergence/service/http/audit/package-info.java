/// Writes every write down, and shows what was written.
@NullMarked
package dev.convergence.service.http.audit;

import org.jspecify.annotations.NullMarked;
