package dev.convergence.benchmark.engine.line;

import dev.convergence.benchmark.engine.contestant.Contestant;
import dev.convergence.benchmark.engine.contestant.Drain;
import dev.convergence.benchmark.engine.server.Server;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Recurring schedules that come due at one instant.
final class SchedulesTrial extends Trial {

    private final List<Double> seconds = new ArrayList<>();
    private final List<String> faults = new ArrayList<>();

    SchedulesTrial(Server server, Plan plan) {
        super(server, plan);
    }

    @Override
    public void warmUp(Contestant contestant) throws Exception {
        fired(contestant);
    }

    @Override
    public void round(Contestant contestant) throws Exception {
        fired(contestant)
                .ifPresent(drain -> {
                    seconds.add(seconds(drain.took()));
                    faults.addAll(faults(drain.count()));
                });
    }

    private Optional<Drain> fired(Contestant contestant) throws Exception {
        contestant.prepare();
        if (!contestant.schedule(plan.schedules())) {
            return Optional.empty();
        }
        server.settle();
        return Optional.of(contestant.fire(plan.schedules()));
    }

    @Override
    public List<Figure> figures(String contestant) {
        String label = "%,d schedules due at once, all fired and done".formatted(plan.schedules());
        return seconds.isEmpty()
                ? List.of()
                : List.of(Figure.of(label, contestant, Unit.SECONDS, seconds).faults(faults));
    }
}
