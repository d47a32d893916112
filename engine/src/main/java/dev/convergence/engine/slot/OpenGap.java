package dev.convergence.engine.slot;

import java.time.Instant;

/// A gap that the ledger has, locked by the transaction that read it.
record OpenGap(long id, LedgerGap gap, Instant decidedAt) {}
