@NullMarked
package dev.convergence.service.http.audit;

import org.jspecify.annotations.NullMarked;
