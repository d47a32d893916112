package dev.convergence.engine.notification;

import dev.convergence.engine.error.ErrorCode;
import dev.convergence.engine.id.TenantId;
import dev.convergence.engine.run.StepRecord;
import dev.convergence.engine.step.QualityCheck;
import dev.convergence.engine.webhook.RunFact;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What the end of a run is to people. Pure.
final class RunNotices {

    /// Failures of the installation: nothing that the tenant did, or could mend.
    private static final Set<String> OURS = Set.of(ErrorCode.INTERNAL_ERROR.name(), "NODE_LOST");

    private RunNotices() {}

    /// @param steps what became of its steps
    /// @param checks the quality results of the run
    static List<Notice> of(
            TenantId tenant, RunFact run, List<StepRecord> steps, List<QualityCheck> checks) {
        List<Notice> notices = new ArrayList<>();
        event(run).ifPresent(event -> notices.add(notice(tenant, run, event, Map.of())));
        if (run.state().equals("COMPLETED")) {
            List<String> amiss = Amiss.of(steps);
            if (!amiss.isEmpty()) {
                notices.add(
                        notice(
                                tenant,
                                run,
                                NoticeEvent.PIPELINE_WARNING,
                                Map.of("warnings", amiss)));
            }
        }
        if (run.state().equals("FAILED") && OURS.contains(String.valueOf(run.errorCode()))) {
            notices.add(notice(tenant, run, NoticeEvent.SYSTEM_ERROR, Map.of()));
        }
        List<QualityCheck> failed =
                checks.stream()
                        .filter(c -> !c.passed() && c.severity() != QualityCheck.Severity.INFO)
                        .toList();
        if (!failed.isEmpty()) {
            boolean isCritical =
                    failed.stream().anyMatch(c -> c.severity() == QualityCheck.Severity.CRITICAL);
            NoticeEvent event =
                    isCritical
                            ? NoticeEvent.DATA_QUALITY_FAILURE
                            : NoticeEvent.DATA_QUALITY_WARNING;
            notices.add(notice(tenant, run, event, quality(checks, failed)));
        }
        return notices;
    }

    private static Optional<NoticeEvent> event(RunFact run) {
        return switch (run.state()) {
            case "COMPLETED" ->
                    Optional.of(
                            run.isPipeline()
                                    ? NoticeEvent.PIPELINE_SUCCESS
                                    : NoticeEvent.JOB_SUCCESS);
            case "FAILED" ->
                    Optional.of(
                            run.isPipeline()
                                    ? NoticeEvent.PIPELINE_FAILURE
                                    : NoticeEvent.JOB_FAILURE);
            default -> Optional.empty();
        };
    }

    private static Map<String, @Nullable Object> quality(
            List<QualityCheck> checks, List<QualityCheck> failed) {
        Map<String, @Nullable Object> data = new LinkedHashMap<>();
        data.put("checks", checks.size());
        data.put("checks_failed", failed.size());
        data.put(
                "failed_rules",
                failed.stream()
                        .limit(10)
                        .map(c ->
                                Map.of("rule", c.rule(), "table", c.table(), "actual", c.actual()))
                        .toList());
        return data;
    }

    static Notice notice(TenantId tenant, RunFact run, NoticeEvent event, Map<String, ?> more) {
        Map<String, @Nullable Object> data = new LinkedHashMap<>();
        data.put("what", what(run));
        data.put("run_id", run.job().run().toString());
        data.put("job_id", run.job().toString());
        data.put("job_type", run.jobType());
        data.put("pipeline_id", run.pipelineId());
        data.put("provider", provider(tenant, run.pipelineId()));
        data.put("status", run.status());
        data.put("attempt", run.attempt() + 1);
        data.put("will_retry", run.willRetry());
        data.put("started_at", text(run.startedAt()));
        data.put("finished_at", run.finishedAt().toString());
        data.put("duration", duration(run));
        data.put("error", run.error());
        data.putAll(more);
        return new Notice(
                tenant,
                event,
                event.severity(),
                "run:" + run.job() + ":" + event.word(),
                what(run),
                run.job(),
                run.pipelineId(),
                run.willRetry(),
                run.finishedAt(),
                data);
    }

    private static String what(RunFact run) {
        return Objects.requireNonNullElse(run.pipelineId(), run.jobType());
    }

    /// A pipeline's id is tenant, provider, domain and template with hyphens between.
    static String provider(TenantId tenant, @Nullable String pipelineId) {
        String id = Objects.requireNonNullElse(pipelineId, "");
        String prefix = tenant.value() + "-";
        String rest = id.startsWith(prefix) ? id.substring(prefix.length()) : "";
        int end = rest.indexOf('-');
        return end < 0 ? "" : rest.substring(0, end).toUpperCase(Locale.ROOT);
    }

    private static @Nullable String text(@Nullable Instant instant) {
        return instant == null ? null : instant.toString();
    }

    private static @Nullable String duration(RunFact run) {
        Instant started = run.startedAt();
        if (started == null) {
            return null;
        }
        Duration took = Duration.between(started, run.finishedAt());
        return took.toMinutes() > 0
                ? took.toMinutes() + " min " + took.toSecondsPart() + " s"
                : "%.1f s".formatted(took.toMillis() / 1000.0);
    }
}
