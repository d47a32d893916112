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
        counts.put("put in while it stormed", (long) feeder.fedInStorm());
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
        out.println(
                "from the kill -9 of a node until its jobs' loss was noticed, and their next attempt:");
        print(out, "its death could be seen", recovery.near());
        print(out, "it was known by the lease only", recovery.far());
        print(out, "the database was cut off too", recovery.disturbed());
        if (!hasFarNodes) {
            out.println("  no process name spaces here, so no node looked like one from elsewhere");
        }
        notes.forEach(note -> out.printf("note: %s%n", note));
        breaches.forEach(breach -> out.printf("BREACH: %s%n", breach));
        out.println(breaches.isEmpty() ? "no breach" : breaches.size() + " breaches, seed " + seed);
    }

    private static void print(PrintStream out, String which, Recovery.Waits waits) {
        out.printf("  %-30s noticed %s%n", which, waits.noticed());
        out.printf("  %-30s resumed %s%n", "", waits.resumed());
    }

    void writeTo(Path file) {
        JsonMapper.builder()
                .build()
                .writerWithDefaultPrettyPrinter()
                .writeValue(file.toFile(), this);
    }
}
