package dev.convergence.engine.run;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// One reason why a job is where it is: mostly why it waits, or that it runs or has ended.
public sealed interface Waiting {

    /// The word for programs.
    String code();

    /// The sentence for people.
    String sentence();

    /// Numbers and times that a program can act on.
    default Map<String, Object> facts() {
        return Map.of();
    }

    /// It has ended, or was skipped when it came due.
    ///
    /// @param outcome the slot's outcome, when it is the run of one; SKIPPED_QUOTA for example
    record Ended(String state, Instant at, @Nullable String error, @Nullable String outcome)
            implements Waiting {

        @Override
        public String code() {
            return state.equals("SKIPPED") && outcome != null ? outcome : state;
        }

        @Override
        public String sentence() {
            String ended = "It does not wait: it is " + state + " since " + at + ".";
            return error == null ? ended : ended + " " + error;
        }

        @Override
        public Map<String, Object> facts() {
            return Map.of("ended_at", at);
        }
    }

    record Running(Instant since, String node) implements Waiting {

        @Override
        public String code() {
            return "RUNNING";
        }

        @Override
        public String sentence() {
            return "It does not wait: it runs since " + since + " on node " + node + ".";
        }

        @Override
        public Map<String, Object> facts() {
            return Map.of("since", since, "node", node);
        }
    }

    /// Its time has not come.
    record NotYetDue(Instant dueAt, boolean isRetry) implements Waiting {

        @Override
        public String code() {
            return isRetry ? "RETRY_PAUSE" : "NOT_YET_DUE";
        }

        @Override
        public String sentence() {
            return isRetry
                    ? "It is a retry whose pause ends at " + dueAt + "."
                    : "It may start at " + dueAt + ", not before.";
        }

        @Override
        public Map<String, Object> facts() {
            return Map.of("next_attempt_at", dueAt);
        }
    }

    record TenantSuspended() implements Waiting {

        @Override
        public String code() {
            return "TENANT_SUSPENDED";
        }

        @Override
        public String sentence() {
            return "The tenant is suspended; nothing of it starts until it is activated.";
        }
    }

    record LanePaused() implements Waiting {

        @Override
        public String code() {
            return "LANE_PAUSED";
        }

        @Override
        public String sentence() {
            return "The tenant's queue is stopped; it goes on when it is started again.";
        }
    }

    record LaneFull(int running, int limit) implements Waiting {

        @Override
        public String code() {
            return "LANE_FULL";
        }

        @Override
        public String sentence() {
            return "The tenant's concurrent limit is reached: %d of %d run."
                    .formatted(running, limit);
        }

        @Override
        public Map<String, Object> facts() {
            return Map.of("running", running, "limit", limit);
        }
    }

    /// @param lost how many of the held are kept for work of nodes that were lost
    /// @param ahead how many wait for the same pool before it
    record PoolTaken(String pool, int held, int lost, int capacity, Count ahead)
            implements Waiting {

        @Override
        public String code() {
            return "POOL_TAKEN";
        }

        @Override
        public String sentence() {
            return "Pool %s is taken: %d of %d are held%s, and %s wait for it before this one."
                    .formatted(pool, held, capacity, keptForLost(), ahead);
        }

        @Override
        public Map<String, Object> facts() {
            return Map.of(
                    "pool",
                    pool,
                    "held",
                    held,
                    "kept_for_lost_nodes",
                    lost,
                    "capacity",
                    capacity,
                    "ahead",
                    ahead.number());
        }

        private String keptForLost() {
            return lost == 0
                    ? ""
                    : " (%d by work of a lost node that is not known to be dead)".formatted(lost);
        }
    }

    record Predecessor(String group) implements Waiting {

        @Override
        public String code() {
            return "GROUP_PREDECESSOR";
        }

        @Override
        public String sentence() {
            return "It waits for the job before it in group " + group + ".";
        }

        @Override
        public Map<String, Object> facts() {
            return Map.of("group_id", group);
        }
    }

    /// The run of a config that is queued behind the one before it.
    record EarlierRun(String config) implements Waiting {

        @Override
        public String code() {
            return "EARLIER_RUN";
        }

        @Override
        public String sentence() {
            return "The earlier run of its config " + config + " has not ended.";
        }

        @Override
        public Map<String, Object> facts() {
            return Map.of("config_id", config);
        }
    }

    /// Its lane is kept for one execution, which the caller of a reservation waits for.
    record Reserved() implements Waiting {

        @Override
        public String code() {
            return "RESERVATION";
        }

        @Override
        public String sentence() {
            return "The tenant's queue is reserved for one execution; it goes on when that has ended.";
        }
    }

    /// @param higher jobs of the tenant with a higher priority
    /// @param earlier those of the same priority that came before
    record Behind(int priority, Count higher, Count earlier) implements Waiting {

        @Override
        public String code() {
            return "PRIORITY_AHEAD";
        }

        @Override
        public String sentence() {
            return "Before it wait %s of a higher priority than its %d and %s of the same that came earlier."
                    .formatted(higher, priority, earlier);
        }

        @Override
        public Map<String, Object> facts() {
            return Map.of(
                    "priority",
                    priority,
                    "higher",
                    higher.number(),
                    "earlier",
                    earlier.number(),
                    "ahead",
                    higher.number() + earlier.number(),
                    "is_exact",
                    !higher.isMore() && !earlier.isMore());
        }
    }

    record NoWorker() implements Waiting {

        @Override
        public String code() {
            return "NO_WORKER";
        }

        @Override
        public String sentence() {
            return "No node with workers is alive; POST /api/v1/scheduler/process-queue takes it by hand.";
        }
    }

    record WorkersBusy(int slots) implements Waiting {

        @Override
        public String code() {
            return "WORKERS_BUSY";
        }

        @Override
        public String sentence() {
            return "All " + slots + " slots of all nodes are busy; the tenants take turns.";
        }

        @Override
        public Map<String, Object> facts() {
            return Map.of("slots", slots);
        }
    }

    /// Nothing is in its way.
    record Next() implements Waiting {

        @Override
        public String code() {
            return "NEXT";
        }

        @Override
        public String sentence() {
            return "Nothing is in its way: it starts with the next claim.";
        }
    }

    /// A number that is counted no further than it matters.
    record Count(int number, boolean isMore) {

        static final int MAX = 1_000;

        static Count of(int counted) {
            return counted > MAX ? new Count(MAX, true) : new Count(counted, false);
        }

        @Override
        public String toString() {
            return isMore ? "more than " + number : Integer.toString(number);
        }
    }
}
