package dev.convergence.engine.template;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// A run that repeats a failed one from a step on. Pure.
///
/// What a step stages goes with its run, so what the repeated steps stand on is done again, too;
/// what is left out are steps beside them that the failed run had completed.
///
/// @param from the step from which on all is done again
/// @param done the steps that need not be repeated for their own sake
public record Repetition(String from, Set<String> done) {

    public Repetition {
        done = Set.copyOf(done);
    }

    /// What a pipeline job carries of it; empty when it repeats nothing, or all.
    public static Optional<Repetition> in(Map<String, Object> params) {
        return params.get("from_step") instanceof String from
                        && params.get("done_steps") instanceof List<?> done
                ? Optional.of(
                        new Repetition(
                                from,
                                done.stream().map(String::valueOf).collect(Collectors.toSet())))
                : Optional.empty();
    }

    /// Closed in both directions: nothing that runs depends on a step that is left out.
    ///
    /// @param steps the ordinary steps of the template as it is now
    public Set<String> leftOut(List<StepSpec> steps) {
        Set<String> wanted =
                steps.stream()
                        .map(StepSpec::id)
                        .filter(id -> id.equals(from) || !done.contains(id))
                        .collect(Collectors.toCollection(HashSet::new));
        while (grow(steps, wanted)) {
            // Each turn takes in at least one step.
        }
        return steps.stream()
                .map(StepSpec::id)
                .filter(id -> !wanted.contains(id))
                .collect(Collectors.toUnmodifiableSet());
    }

    private static boolean grow(List<StepSpec> steps, Set<String> wanted) {
        boolean grown = false;
        for (StepSpec step : steps) {
            boolean isBehind = step.dependsOn().stream().anyMatch(wanted::contains);
            grown |= isBehind && wanted.add(step.id());
            grown |= wanted.contains(step.id()) && wanted.addAll(step.dependsOn());
        }
        return grown;
    }
}
