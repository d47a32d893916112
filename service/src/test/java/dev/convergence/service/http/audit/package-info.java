/// How routes become entries of the audit log.
@NullMarked
package dev.convergence.service.http.audit;

import org.jspecify.annotations.NullMarked;
