/// The rule model of FOCUS: its check functions become SQL on a staged table. Imports only the step
/// port and DuckDB.
@NullMarked
package dev.convergence.steps.conformance;

import org.jspecify.annotations.NullMarked;
