/// The ledger: what became of every instant at which a config was due. A noun; imports ground.
@NullMarked
package dev.convergence.engine.slot;

import org.jspecify.annotations.NullMarked;
