/// The words about webhooks; a secret is in the answer that made it only.
@NullMarked
package dev.convergence.api.webhook;

import org.jspecify.annotations.NullMarked;
