package dev.convergence.engine.slot;

import dev.convergence.engine.id.ConfigId;
import dev.convergence.engine.id.TenantId;
import dev.convergence.engine.time.Cadence;
import java.time.Duration;
import java.time.Instant;

/// Instants of one config that did not fire and have no rows yet. Their outcome is decided; only
/// the writing is left for later, because there may be tens of thousands.
///
/// @param cadence that of the time, whatever the config says now
/// @param spread how much later than due they would have fired
/// @param from the first of them, on the grid of the cadence or not
/// @param until no instant is later
public record LedgerGap(
        TenantId tenant,
        ConfigId config,
        Cadence cadence,
        Duration spread,
        Instant from,
        Instant until,
        SlotOutcome outcome,
        String reason) {}
