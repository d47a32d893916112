package dev.convergence.engine.flow;

import dev.convergence.engine.error.EngineException;
import dev.convergence.engine.error.ErrorCode;
import dev.convergence.engine.error.FieldError;
import dev.convergence.engine.job.Job;
import dev.convergence.engine.step.DateWindow;
import dev.convergence.engine.template.AskedDates;
import dev.convergence.engine.template.Parameters;
import dev.convergence.engine.template.Repetition;
import dev.convergence.engine.template.StepSpec;
import dev.convergence.engine.template.Template;
import dev.convergence.engine.template.TemplateCatalog;
import dev.convergence.engine.template.TemplatePath;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/// Turns a pipeline job into what its run needs to know: template, checked parameters, dates,
/// variables.
public final class RunPlan {

    private final TemplateCatalog templates;
    private final Predicate<String> isPool;

    /// @param isPool whether a pool of that name is declared
    public RunPlan(TemplateCatalog templates, Predicate<String> isPool) {
        this.templates = templates;
        this.isPool = isPool;
    }

    /// @throws EngineException PIPELINE_NOT_FOUND or INVALID_PARAMETER; both end the run FAILED
    RunFacts facts(Job job, Instant now) {
        TemplatePath path = path(job);
        Template template =
                templates
                        .find(job.tenant(), path)
                        .orElseThrow(() ->
                                new EngineException(
                                        ErrorCode.PIPELINE_NOT_FOUND,
                                        "There is no pipeline template " + path + "."));
        Map<String, Object> given = given(job);
        Parameters checked = Parameters.of(template.parameters(), given);
        if (!checked.errors().isEmpty()) {
            throw new EngineException(ErrorCode.INVALID_PARAMETER, sentence(checked.errors()));
        }
        if (job.pool() != null && !isPool.test(job.pool())) {
            throw new EngineException(
                    ErrorCode.INVALID_PARAMETER,
                    "There is no pool '"
                            + job.pool()
                            + "'. An operator declares pools with CONVERGENCE_POOLS.");
        }
        DateWindow window = window(job.asOf(), checked.values());
        return new RunFacts(
                template,
                checked.values(),
                variables(job, template, checked.values(), window),
                window,
                now,
                leftOut(job, template));
    }

    /// @throws EngineException INVALID_PARAMETER when the template has that step no more
    private static Set<String> leftOut(Job job, Template template) {
        Repetition repetition = Repetition.in(job.params()).orElse(null);
        if (repetition == null) {
            return Set.of();
        }
        List<StepSpec> steps = RunFacts.ordinary(template);
        if (steps.stream().noneMatch(step -> step.id().equals(repetition.from()))) {
            throw new EngineException(
                    ErrorCode.INVALID_PARAMETER,
                    "The template has no step '" + repetition.from() + "' any more.");
        }
        return repetition.leftOut(steps);
    }

    private static TemplatePath path(Job job) {
        Map<String, Object> params = job.params();
        return new TemplatePath(
                String.valueOf(params.get("provider")),
                String.valueOf(params.get("domain")),
                String.valueOf(params.get("template_name")));
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> given(Job job) {
        Object given = job.params().get("parameters");
        return given instanceof Map<?, ?> map ? (Map<String, Object>) map : Map.of();
    }

    private static String sentence(List<FieldError> errors) {
        return errors.stream()
                .map(error -> error.field() + " " + error.detail())
                .collect(Collectors.joining("; ", "The parameters do not fit the template: ", ""));
    }

    /// The dates that were asked for, else the day before.
    ///
    /// @param asOf of which instant the day before is meant
    /// @throws EngineException INVALID_PARAMETER when they are reversed, or too many
    static DateWindow window(Instant asOf, Map<String, Object> parameters) {
        Optional<AskedDates> asked = AskedDates.in(parameters);
        asked.flatMap(AskedDates::fault)
                .ifPresent(fault -> {
                    throw new EngineException(
                            ErrorCode.INVALID_PARAMETER, sentence(List.of(fault)));
                });
        return asked.map(dates -> new DateWindow(dates.start(), dates.end(), true))
                .orElseGet(() -> dayBefore(asOf));
    }

    private static DateWindow dayBefore(Instant asOf) {
        LocalDate day = LocalDate.ofInstant(asOf, ZoneOffset.UTC).minusDays(1);
        return new DateWindow(day, day, false);
    }

    /// Low to high: built-in words, the template's variables, the run's parameters.
    private static Map<String, Object> variables(
            Job job, Template template, Map<String, Object> parameters, DateWindow window) {
        Map<String, Object> variables = new HashMap<>();
        variables.put("tenant_id", job.tenant().value());
        variables.put("customer_id", job.tenant().value());
        variables.put("org_slug", job.tenant().value());
        variables.put("pipeline_logging_id", job.id().run().toString());
        variables.put("provider", template.path().provider());
        variables.put("domain", template.path().domain());
        variables.put("template_name", template.path().name());
        variables.put("pipeline_id", Objects.requireNonNull(job.origin().pipelineId()));
        variables.put("run_id", job.id().run().toString());
        variables.put("attempt", job.attempt());
        variables.put("date", window.start().toString());
        variables.put("run_date", window.start().toString());
        variables.put("start_date", window.start().toString());
        variables.put("end_date", window.end().toString());
        variables.put("trigger_by", String.valueOf(job.origin().triggerBy()));
        variables.putAll(template.variables());
        variables.putAll(parameters);
        return variables;
    }
}
