/// Tests of the guard and the HTTP source, against a server on the loopback address.
@NullMarked
package dev.convergence.steps.http;

import org.jspecify.annotations.NullMarked;
