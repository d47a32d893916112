/// The routes of webhooks, and the words in which they tell of runs.
@NullMarked
package dev.convergence.service.http.webhook;

import org.jspecify.annotations.NullMarked;
