package dev.convergence.benchmark.chaos.judge;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Walks through intervals in the order of time and looks where more of one owner are open than may
/// be.
///
/// An end and a beginning at the same instant do not overlap.
final class Sweep {

    /// @param owner whose limit it counts against: a tenant or a pool
    record Interval(String owner, Instant from, Instant to) {}

    /// The most that was open at once, and how often the limit was passed.
    record Result(String owner, int limit, int most, int excesses) {

        boolean isBroken() {
            return most > limit;
        }
    }

    private record Event(Instant at, String owner, int change) {}

    private Sweep() {}

    static List<Result> over(List<Interval> intervals, Map<String, Integer> limits) {
        Map<String, Integer> open = new HashMap<>();
        Map<String, Integer> most = new HashMap<>();
        Map<String, Integer> excesses = new HashMap<>();
        for (Event event : events(intervals)) {
            int now = open.merge(event.owner(), event.change(), Integer::sum);
            most.merge(event.owner(), now, Math::max);
            if (event.change() > 0 && now > limits.getOrDefault(event.owner(), 0)) {
                excesses.merge(event.owner(), 1, Integer::sum);
            }
        }
        return most.keySet().stream()
                .sorted()
                .map(owner ->
                        new Result(
                                owner,
                                limits.getOrDefault(owner, 0),
                                most.getOrDefault(owner, 0),
                                excesses.getOrDefault(owner, 0)))
                .toList();
    }

    private static List<Event> events(List<Interval> intervals) {
        List<Event> events = new ArrayList<>(2 * intervals.size());
        for (Interval interval : intervals) {
            if (interval.from().isBefore(interval.to())) {
                events.add(new Event(interval.from(), interval.owner(), 1));
                events.add(new Event(interval.to(), interval.owner(), -1));
            }
        }
        events.sort(Comparator.comparing(Event::at).thenComparing(Event::change));
        return events;
    }
}
