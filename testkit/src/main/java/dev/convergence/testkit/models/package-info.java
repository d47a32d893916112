/// Language models on this machine, which speak their vendors' protocols and say what a test tells
/// them.
@NullMarked
package dev.convergence.testkit.models;

import org.jspecify.annotations.NullMarked;
