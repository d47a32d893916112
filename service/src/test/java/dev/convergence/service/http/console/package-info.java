/// Tests of the console's files.
@NullMarked
package dev.convergence.service.http.console;

import org.jspecify.annotations.NullMarked;
