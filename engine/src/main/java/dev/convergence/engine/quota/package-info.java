/// How many runs a tenant may have a day and a month, and how many it had: reserved in the
/// transaction that creates the run. A noun; imports `job` and ground.
@NullMarked
package dev.convergence.engine.quota;

import org.jspecify.annotations.NullMarked;
