/// The program: how it starts, and how it comes to rest.
@NullMarked
package dev.convergence.service;

import org.jspecify.annotations.NullMarked;
