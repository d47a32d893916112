/// The engine under attack: real processes on a real PostgreSQL, killed, frozen and cut off while a
/// ledger keeps what the handlers did. Imports the engine's face; judges its tables.
@NullMarked
package dev.convergence.benchmark.chaos;

import org.jspecify.annotations.NullMarked;
