package dev.convergence.service.demo;

import dev.convergence.engine.loop.Waiter;
import java.io.PrintStream;
import java.time.Duration;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/// Watches runs through the API until they have ended, and tells of every change.
final class Watch {

    private static final Duration PAUSE = Duration.ofMillis(250);
    private static final Duration LONGEST = Duration.ofMinutes(5);
    private static final Set<String> ENDS = Set.of("COMPLETED", "FAILED", "SKIPPED", "CANCELLED");
    private static final String NOT_SEEN = "NOT_SEEN";

    private final PrintStream progress;
    private final Map<DueRun, String> told = new HashMap<>();

    Watch(PrintStream progress) {
        this.progress = progress;
    }

    /// Waits until some configs of a tenant have no live run: one that is due while its config's
    /// earlier run lives would be skipped.
    void untilIdle(DemoTenant tenant, Client client, Collection<String> configs)
            throws InterruptedException {
        long end = System.nanoTime() + LONGEST.toNanos();
        while (runs(tenant, client).stream()
                .filter(run -> configs.contains(run.path("config_id").asString("")))
                .anyMatch(run -> !hasEnded(run))) {
            pause(end, tenant.name() + "'s earlier runs have not ended");
        }
    }

    /// The last attempt of each run, once all have ended; in the order in which they were given.
    Map<DueRun, JsonNode> untilEnded(List<DueRun> due) throws InterruptedException {
        long end = System.nanoTime() + LONGEST.toNanos();
        while (true) {
            Map<DueRun, JsonNode> seen = look(due);
            if (seen.size() == due.size() && seen.values().stream().allMatch(Watch::hasEnded)) {
                return seen;
            }
            pause(end, "the runs have not ended");
        }
    }

    private Map<DueRun, JsonNode> look(List<DueRun> due) throws InterruptedException {
        Map<DemoTenant, List<JsonNode>> runs = new HashMap<>();
        Map<DueRun, JsonNode> seen = new LinkedHashMap<>();
        for (DueRun run : due) {
            if (!runs.containsKey(run.tenant())) {
                runs.put(run.tenant(), runs(run.tenant(), run.client()));
            }
            Optional<JsonNode> last = lastAttempt(run, runs.getOrDefault(run.tenant(), List.of()));
            last.ifPresent(found -> seen.put(run, found));
            tell(run, last.map(Watch::state).orElse(NOT_SEEN));
        }
        return seen;
    }

    private static List<JsonNode> runs(DemoTenant tenant, Client client)
            throws InterruptedException {
        return client.get("/api/v1/scheduler/scheduled?limit=200&tenant_id=" + tenant.name())
                .path("runs")
                .valueStream()
                .toList();
    }

    private static Optional<JsonNode> lastAttempt(DueRun due, List<JsonNode> runs) {
        return runs.stream()
                .filter(due::isSeenAs)
                .max(Comparator.comparingInt(run -> run.path("retry_attempt").asInt()));
    }

    private static boolean hasEnded(JsonNode run) {
        return ENDS.contains(state(run));
    }

    private static String state(JsonNode run) {
        return run.path("state").asString();
    }

    private void tell(DueRun run, String state) {
        if (!state.equals(told.put(run, state)) && !state.equals(NOT_SEEN)) {
            progress.println("  " + run.label() + " " + state);
        }
    }

    private static void pause(long end, String otherwise) throws InterruptedException {
        if (System.nanoTime() > end) {
            throw new DemoFailed("After " + LONGEST.toMinutes() + " minutes " + otherwise + ".");
        }
        new Waiter().await(PAUSE);
    }
}
