package dev.convergence.api.pipeline;

import com.fasterxml.jackson.annotation.JsonAlias;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What a pipeline config is to be; a field that is left out keeps its value or its default.
///
/// @param tenantId only for operators, who name the tenant
/// @param scheduleType HOURLY, DAILY, WEEKLY, MONTHLY or CUSTOM: a word for people; the cron
///   decides
/// @param scheduleCron five fields, or `@daily` and its siblings
/// @param nextRunTime the first due instant (RFC 3339), instead of the cron's next one
/// @param schedulePolicy settings by name; null among them takes one back to its default
/// @param runMissed when a config is switched on: whether what passed meanwhile runs as its policy
///   for missed runs says; else it never fires at once
public record ConfigRequest(
        @JsonAlias({"customer_id"}) @Nullable String tenantId,
        @Nullable String provider,
        @Nullable String domain,
        @JsonAlias({"template_name", "template"}) @Nullable String pipelineTemplate,
        @Nullable String pipelineName,
        @Nullable String description,
        @Nullable String scheduleType,
        @JsonAlias({"schedule", "cron"}) @Nullable String scheduleCron,
        @Nullable String timezone,
        @Nullable Boolean isActive,
        @JsonAlias({"default_parameters"}) @Nullable Map<String, Object> parameters,
        @Nullable Integer priority,
        @Nullable Map<String, Object> retryConfig,
        @Nullable List<String> notificationEmails,
        @Nullable String nextRunTime,
        @Nullable Map<String, @Nullable Object> schedulePolicy,
        @Nullable Boolean runMissed) {}
