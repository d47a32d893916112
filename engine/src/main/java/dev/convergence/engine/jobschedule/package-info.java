/// When a job template becomes a job by itself. A noun; imports ground and other nouns.
@NullMarked
package dev.convergence.engine.jobschedule;

import org.jspecify.annotations.NullMarked;
