package dev.convergence.benchmark.engine.line;

import dev.convergence.benchmark.engine.server.Server;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;

/// A line that every contestant is measured by.
public record CommonLine(String word, BiFunction<Server, Plan, Trial> trial) {

    /// Those that the plan asks for. What one round puts in, it drains: that is one line.
    public static List<CommonLine> of(Plan plan) {
        List<CommonLine> lines = new ArrayList<>();
        if (plan.has(Line.ENQUEUE) || plan.has(Line.DRAIN)) {
            lines.add(new CommonLine("enqueue and drain", DrainTrial::new));
        }
        if (plan.has(Line.SINGLY)) {
            lines.add(new CommonLine(Line.SINGLY.word(), SinglyTrial::new));
        }
        if (plan.has(Line.PICKUP)) {
            lines.add(new CommonLine(Line.PICKUP.word(), PickupTrial::new));
        }
        if (plan.has(Line.SCHEDULES)) {
            lines.add(new CommonLine(Line.SCHEDULES.word(), SchedulesTrial::new));
        }
        return lines;
    }
}
