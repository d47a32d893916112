/// Tests of the HTTP platform, against a real server on a free port.
@NullMarked
package dev.convergence.service.http;

import org.jspecify.annotations.NullMarked;
