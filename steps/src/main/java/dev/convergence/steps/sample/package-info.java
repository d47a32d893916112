/// Generated bills and findings in the vendors' own shapes: the same tenant, days and knobs always
/// give the same bytes. Imports the ids and the window of a run, nothing else of the engine.
@NullMarked
package dev.convergence.steps.sample;

import org.jspecify.annotations.NullMarked;
