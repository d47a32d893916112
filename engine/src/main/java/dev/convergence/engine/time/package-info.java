/// Rules about time without a clock: cron expressions, pauses between attempts. Ground; pure.
@NullMarked
package dev.convergence.engine.time;

import org.jspecify.annotations.NullMarked;
