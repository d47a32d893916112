/// Generation jobs: what a story and a research card are, from parameters to files. Imports the
/// engine's ports and `model`; knows neither HTTP nor the queue.
@NullMarked
package dev.convergence.steps.generation;

import org.jspecify.annotations.NullMarked;
