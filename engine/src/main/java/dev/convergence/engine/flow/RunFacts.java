package dev.convergence.engine.flow;

import dev.convergence.engine.step.DateWindow;
import dev.convergence.engine.template.Template;
import java.time.Instant;
import java.util.Map;

/// What all steps of a run have in common.
///
/// @param parameters checked and with defaults
/// @param variables what placeholders in step settings stand for
record RunFacts(
        Template template,
        Map<String, Object> parameters,
        Map<String, Object> variables,
        DateWindow window,
        Instant startedAt) {}
