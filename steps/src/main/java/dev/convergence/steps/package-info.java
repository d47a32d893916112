/// The steps that pipelines are made of: extract, convert, check, load.
@NullMarked
package dev.convergence.steps;

import org.jspecify.annotations.NullMarked;
