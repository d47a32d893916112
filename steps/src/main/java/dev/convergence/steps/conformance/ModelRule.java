package dev.convergence.steps.conformance;

import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/// A rule of FOCUS that looks at data.
///
/// @param id such as `BilledCost-C-003-M`
/// @param column what it is about
/// @param keyword how binding it is: MUST, SHOULD, MAY and the like
/// @param sentence what must hold, in the words of the model
/// @param criteria what a provider has to support for the rule to apply
/// @param requirement a check function with its arguments
/// @param condition of the rows that it is about; an empty object for all
record ModelRule(
        String id,
        String column,
        String keyword,
        String sentence,
        List<String> criteria,
        JsonNode requirement,
        JsonNode condition) {

    private static final Set<String> BINDING = Set.of("MUST", "MUST NOT");

    boolean isBinding() {
        return BINDING.contains(keyword);
    }
}
