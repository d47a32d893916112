/// Checks that the documentation says what is so: links, routes, tables, commands.
@NullMarked
package dev.convergence.service.docs;

import org.jspecify.annotations.NullMarked;
