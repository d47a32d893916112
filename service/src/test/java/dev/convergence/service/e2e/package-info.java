/// The product as its users meet it: a real server, real files, HTTP and nothing else.
@NullMarked
package dev.convergence.service.e2e;

import org.jspecify.annotations.NullMarked;
