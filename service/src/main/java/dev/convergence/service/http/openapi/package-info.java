/// The description of the interface, for programs and for people.
@NullMarked
package dev.convergence.service.http.openapi;

import org.jspecify.annotations.NullMarked;
