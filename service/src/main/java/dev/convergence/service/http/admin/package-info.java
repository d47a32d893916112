/// Set-up in single steps, for an operator's scripts.
@NullMarked
package dev.convergence.service.http.admin;

import org.jspecify.annotations.NullMarked;
