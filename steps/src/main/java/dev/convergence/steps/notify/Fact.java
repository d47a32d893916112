package dev.convergence.steps.notify;

import dev.convergence.engine.notification.Notice;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A line of what people want to know at a glance.
record Fact(String label, String value) {

    /// In the order in which they are read; without those that there are not.
    static List<Fact> of(Notice notice) {
        List<Fact> facts = new ArrayList<>();
        facts.add(new Fact("Tenant", notice.tenant().value()));
        add(facts, "Pipeline", notice.pipelineId());
        add(facts, "Run", notice.data().get("run_id"));
        add(facts, "Status", notice.data().get("status"));
        add(facts, "Duration", notice.data().get("duration"));
        add(facts, "Error", notice.data().get("error"));
        facts.add(new Fact("Time", notice.happenedAt().toString()));
        return facts;
    }

    private static void add(List<Fact> facts, String label, @Nullable Object value) {
        if (value != null && !String.valueOf(value).isBlank()) {
            facts.add(new Fact(label, String.valueOf(value)));
        }
    }
}
