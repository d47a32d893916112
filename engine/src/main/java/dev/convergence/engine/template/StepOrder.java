package dev.convergence.engine.template;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The order that `depends_on` gives to steps.
///
/// @param levels the level of each step, 0 for those that wait for nothing; steps in or behind a
///   cycle have none
/// @param cycle steps that wait for each other, the first one repeated at the end; empty when there
///   are none
public record StepOrder(Map<String, Integer> levels, List<String> cycle) {

    public static StepOrder of(List<StepSpec> steps) {
        Map<String, List<String>> dependsOn = new LinkedHashMap<>();
        steps.forEach(step -> dependsOn.put(step.id(), step.dependsOn()));
        return of(dependsOn);
    }

    /// Dependencies on steps that are not there are passed over.
    public static StepOrder of(Map<String, List<String>> dependsOn) {
        Map<String, Integer> levels = new LinkedHashMap<>();
        boolean found = true;
        while (found) {
            found = false;
            for (String step : dependsOn.keySet()) {
                found |= place(step, dependsOn, levels);
            }
        }
        return new StepOrder(levels, cycle(dependsOn, levels));
    }

    private static boolean place(
            String step, Map<String, List<String>> dependsOn, Map<String, Integer> levels) {
        List<String> waitsFor = known(step, dependsOn);
        if (levels.containsKey(step) || !levels.keySet().containsAll(waitsFor)) {
            return false;
        }
        levels.put(
                step,
                waitsFor.stream().mapToInt(one -> levels.getOrDefault(one, 0) + 1).max().orElse(0));
        return true;
    }

    private static List<String> cycle(
            Map<String, List<String>> dependsOn, Map<String, Integer> levels) {
        List<String> path = new ArrayList<>();
        String step = unplaced(dependsOn.keySet(), levels);
        while (!step.isEmpty() && !path.contains(step)) {
            path.add(step);
            step = unplaced(known(step, dependsOn), levels);
        }
        if (step.isEmpty()) {
            return List.of();
        }
        path.add(step);
        return List.copyOf(path.subList(path.indexOf(step), path.size()));
    }

    private static String unplaced(Iterable<String> steps, Map<String, Integer> levels) {
        for (String step : steps) {
            if (!levels.containsKey(step)) {
                return step;
            }
        }
        return "";
    }

    private static List<String> known(String step, Map<String, List<String>> dependsOn) {
        return dependsOn.getOrDefault(step, List.of()).stream()
                .filter(dependsOn::containsKey)
                .toList();
    }
}
