package dev.convergence.api.subscription;

import java.time.Instant;
import java.time.LocalDate;

/// The limits that hold now, and the day that they hold for first.
public record QuotaAnswer(
        String tenantId,
        String customerId,
        int dailyLimit,
        int monthlyLimit,
        int concurrentLimit,
        LocalDate usageDate,
        Instant updatedAt) {}
