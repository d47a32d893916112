package dev.convergence.benchmark.costs;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/// How long one route took, in milliseconds.
///
/// @param cold the first answer after the processes of queries have ended
/// @param p50 of answers one after the other
/// @param p50OfTwo of answers of which two are asked for at a time
record CostTimes(
        CostRoute route,
        double cold,
        double p50,
        double p95,
        double p50OfTwo,
        double p95OfTwo,
        long queryMebibytes) {

    static CostTimes of(CostServer server, CostRoute route, int times) throws Exception {
        server.forget();
        double cold = server.millis(route);
        List<Double> alone = asked(server, route, times);
        List<Double> two = new ArrayList<>();
        try (ExecutorService callers = Executors.newFixedThreadPool(2)) {
            Callable<List<Double>> caller = () -> asked(server, route, times / 2);
            for (Future<List<Double>> answers : callers.invokeAll(List.of(caller, caller))) {
                two.addAll(answers.get());
            }
        }
        return new CostTimes(
                route,
                cold,
                at(alone, 0.5),
                at(alone, 0.95),
                at(two, 0.5),
                at(two, 0.95),
                server.peakOfQueries());
    }

    private static List<Double> asked(CostServer server, CostRoute route, int times)
            throws Exception {
        List<Double> all = new ArrayList<>();
        for (int time = 0; time < times; time++) {
            all.add(server.millis(route));
        }
        return all;
    }

    private static double at(List<Double> all, double share) {
        List<Double> sorted = new ArrayList<>(all);
        Collections.sort(sorted);
        return sorted.get((int) Math.ceil(share * sorted.size()) - 1);
    }
}
