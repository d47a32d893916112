/// The words about credentials; only requests carry secrets.
@NullMarked
package dev.convergence.api.credential;

import org.jspecify.annotations.NullMarked;
