package dev.convergence.engine.job;

import java.util.List;
import java.util.stream.IntStream;

/// Numbers that add up, of what lies between two ids.
public record Sums(List<Long> parts) {

    public Sums {
        parts = List.copyOf(parts);
    }

    public static Sums of(long one) {
        return new Sums(List.of(one));
    }

    public long part(int index) {
        return parts.get(index);
    }

    public Sums plus(Sums other) {
        return new Sums(
                IntStream.range(0, parts.size())
                        .mapToObj(i -> parts.get(i) + other.parts.get(i))
                        .toList());
    }

    Sums minus(Sums other) {
        return new Sums(
                IntStream.range(0, parts.size())
                        .mapToObj(i -> parts.get(i) - other.parts.get(i))
                        .toList());
    }
}
