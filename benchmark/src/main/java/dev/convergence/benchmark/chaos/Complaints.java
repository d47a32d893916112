package dev.convergence.benchmark.chaos;

import java.util.ArrayList;
import java.util.List;

/// What went wrong with the nodes themselves, apart from the books.
final class Complaints {

    private Complaints() {}

    /// @param dead nodes that ended by themselves
    /// @param stuck what was left when the time to drain was over
    /// @param left nodes that did not leave well
    static List<String> of(List<String> dead, List<String> stuck, List<String> left) {
        List<String> complaints = new ArrayList<>();
        dead.forEach(life -> complaints.add("node " + life + " died by itself"));
        left.forEach(life -> complaints.add("node " + life + " did not leave well in the end"));
        if (!stuck.isEmpty()) {
            complaints.add("not all was done in time; left:\n    " + String.join("\n    ", stuck));
        }
        return complaints;
    }
}
