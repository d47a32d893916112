/// The web console: a page, its modules and its style, served as they are.
@NullMarked
package dev.convergence.service.http.console;

import org.jspecify.annotations.NullMarked;
