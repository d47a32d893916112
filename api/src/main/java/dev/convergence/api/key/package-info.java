/// The words about API keys.
@NullMarked
package dev.convergence.api.key;

import org.jspecify.annotations.NullMarked;
