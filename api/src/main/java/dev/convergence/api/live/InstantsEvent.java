package dev.convergence.api.live;

import dev.convergence.api.backfill.BackfillInstantAnswer;
import java.util.List;

/// Instants of a backfill that have moved, the oldest first.
public record InstantsEvent(List<BackfillInstantAnswer> instants) {}
