package dev.convergence.benchmark.chaos;

import dev.convergence.benchmark.chaos.attack.Attack;
import dev.convergence.benchmark.chaos.attack.HeldSnapshot;
import dev.convergence.benchmark.chaos.attack.Storm;
import dev.convergence.benchmark.chaos.attack.Stroke;
import dev.convergence.benchmark.chaos.judge.Judgement;
import dev.convergence.benchmark.chaos.judge.Recovery;
import dev.convergence.benchmark.chaos.judge.Sampler;
import dev.convergence.benchmark.chaos.victim.Fleet;
import dev.convergence.benchmark.chaos.work.Feeder;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import tools.jackson.databind.json.JsonMapper;

/// What a run was and what came of it.
///
/// @param strokes how often each attack was carried out
/// @param counts the run in numbers, by their names
public record ChaosReport(
        long seed,
        int jobs,
        int nodes,
        int tenants,
        double leaseSeconds,
        double seconds,
        boolean hasFarNodes,
        Map<String, Long> strokes,
        Map<String, Long> counts,
        Recovery recovery,
        List<String> notes,
        List<String> breaches) {

    static ChaosReport of(
            ChaosSettings settings,
            Fleet fleet,
            Storm storm,
            Sampler sampler,
            HeldSnapshot snapshot,
            Feeder feeder,
            Duration length,
            List<String> complaints,
            Judgement judgement) {
        Map<String, Long> counts = new LinkedHashMap<>(judgement.counts());
        counts.put("lives of nodes", (long) fleet.lives());
        counts.put("looks of the sampler", (long) sampler.samples());
        counts.put("looks without an answer", (long) sampler.unanswered());
        counts.put("errors of who enqueued", (long) feeder.errors());
        counts.put("snapshots held", (long) snapshot.begun());
        List<String> breaches = new ArrayList<>(complaints);
        breaches.addAll(judgement.breaches());
        return new ChaosReport(
                settings.seed(),
                settings.jobs(),
                settings.nodes(),
                settings.tenants(),
                settings.lease().toMillis() / 1000.0,
                length.toMillis() / 1000.0,
                fleet.hasFarNodes(),
                strokes(storm),
                counts,
                judgement.recovery(),
                judgement.notes(),
                breaches);
    }

    private static Map<String, Long> strokes(Storm storm) {
        return storm.strokes().stream()
                .map(Stroke::attack)
                .map(Attack::word)
                .collect(
                        Collectors.groupingBy(
                                word -> word, LinkedHashMap::new, Collectors.counting()));
    }

    public void print(PrintStream out) {
        out.printf("%nafter %.1f s, with seed %d:%n", seconds, seed);
        counts.forEach((name, count) -> out.printf("  %-32s %,10d%n", name, count));
        out.printf("  attacks: %s%n", strokes);
        out.println("from kill -9 to the next attempt of its jobs:");
        out.printf("  death seen by the others       %s%n", recovery.near());
        out.printf(
                "  death known by the lease only  %s%n",
                hasFarNodes ? recovery.far() : "not possible here: no process name spaces");
        out.printf("  with the database cut off      %s%n", recovery.disturbed());
        out.printf("  until the loss was recorded    %s%n", recovery.rescued());
        notes.forEach(note -> out.printf("note: %s%n", note));
        breaches.forEach(breach -> out.printf("BREACH: %s%n", breach));
        out.println(breaches.isEmpty() ? "no breach" : breaches.size() + " breaches, seed " + seed);
    }

    void writeTo(Path file) {
        JsonMapper.builder()
                .build()
                .writerWithDefaultPrettyPrinter()
                .writeValue(file.toFile(), this);
    }
}
