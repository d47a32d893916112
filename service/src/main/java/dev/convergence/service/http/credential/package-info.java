/// The routes of credentials; no answer carries a secret.
@NullMarked
package dev.convergence.service.http.credential;

import org.jspecify.annotations.NullMarked;
