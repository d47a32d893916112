/// Turns every refusal, from whatever layer, into one problem document.
@NullMarked
package dev.convergence.service.http.problem;

import org.jspecify.annotations.NullMarked;
