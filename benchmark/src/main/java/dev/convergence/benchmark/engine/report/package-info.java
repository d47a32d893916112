/// The figures as a table for people and as JSON for programs.
@NullMarked
package dev.convergence.benchmark.engine.report;

import org.jspecify.annotations.NullMarked;
