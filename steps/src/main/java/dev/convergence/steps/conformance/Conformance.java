package dev.convergence.steps.conformance;

import java.util.List;

/// How far a table keeps the rules of FOCUS.
///
/// @param version of FOCUS
/// @param applicable rules that apply and were checked
/// @param holding of those, how many hold
/// @param waived rules that were left out, each with its reason
/// @param broken the others, in the model's order
public record Conformance(
        String version, int applicable, int holding, List<String> waived, List<Broken> broken) {

    /// @param binding whether the rule says MUST; else it is a recommendation
    /// @param rows how many break it
    public record Broken(String rule, String column, String sentence, boolean binding, long rows) {}

    public String sentence() {
        return "%d of %d applicable FOCUS %s rules hold%s"
                .formatted(
                        holding,
                        applicable,
                        version,
                        waived.isEmpty() ? "" : ", " + waived.size() + " are waived");
    }
}
