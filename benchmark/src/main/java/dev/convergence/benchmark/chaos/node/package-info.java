/// What runs inside a node's process: the engine, the handlers, the ledger they write to.
@NullMarked
package dev.convergence.benchmark.chaos.node;

import org.jspecify.annotations.NullMarked;
