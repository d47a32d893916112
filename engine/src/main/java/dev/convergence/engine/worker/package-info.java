/// Runs claimed jobs: claim, attempt, judge, settle. A verb; imports nouns, `queue` and ground.
@NullMarked
package dev.convergence.engine.worker;

import org.jspecify.annotations.NullMarked;
