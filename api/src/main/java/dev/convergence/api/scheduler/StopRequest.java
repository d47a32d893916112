package dev.convergence.api.scheduler;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/// @param timeout for how many seconds to wait for what runs, 1 to 300; 30 when left out
public record StopRequest(@Nullable BigDecimal timeout) {}
