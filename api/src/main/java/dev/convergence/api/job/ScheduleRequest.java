package dev.convergence.api.job;

import com.fasterxml.jackson.annotation.JsonAlias;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What a schedule of a job template is to be; a field that is left out keeps its value or its
/// default.
///
/// @param cron five fields, or `@daily` and its siblings
/// @param timezone an IANA name; UTC when left out
/// @param priority of the jobs that it makes
/// @param paramOverrides laid over the template's parameters
public record ScheduleRequest(
        @Nullable String templateId,
        @Nullable String name,
        @JsonAlias({"cron_expression"}) @Nullable String cron,
        @Nullable String timezone,
        @Nullable Boolean enabled,
        @Nullable Integer priority,
        @Nullable Map<String, Object> paramOverrides) {}
