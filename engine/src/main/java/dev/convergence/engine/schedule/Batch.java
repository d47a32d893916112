package dev.convergence.engine.schedule;

import dev.convergence.engine.id.ConfigId;
import dev.convergence.engine.id.JobId;
import dev.convergence.engine.id.TenantId;
import dev.convergence.engine.job.Job;
import dev.convergence.engine.launch.RetryDefaults;
import dev.convergence.engine.launch.ScheduledJob;
import dev.convergence.engine.pipeline.ConfigHistory;
import dev.convergence.engine.pipeline.ConfigHistory.Ran;
import dev.convergence.engine.pipeline.Overlap;
import dev.convergence.engine.queue.DueJobs;
import dev.convergence.engine.queue.DueJobs.Skipped;
import dev.convergence.engine.queue.Queue;
import dev.convergence.engine.quota.QuotaLedger;
import dev.convergence.engine.quota.QuotaState;
import dev.convergence.engine.schedule.Candidate.Decided;
import dev.convergence.engine.schedule.Decider.Flights;
import dev.convergence.engine.schedule.ScheduleStore.DueInstant;
import dev.convergence.engine.slot.LedgerGap;
import dev.convergence.engine.slot.SlotTaken;
import dev.convergence.engine.slot.Slots;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;

/// One transaction of the scheduler: lock what is due, decide, write the ledger, make the runs,
/// reserve their quota, move the next fires. Each is one statement for the whole batch, so their
/// number does not grow with what is due; a crash leaves all of it or nothing.
final class Batch {

    /// A config may have many missed instants that run. What is beyond this is left to the next
    /// batch, so that no transaction is long.
    private static final int INSTANTS_MAX = 3_000;

    private final Queue queue;
    private final RetryDefaults retries;
    private final Handle handle;
    private final Ledger ledger;
    private final Instant now;
    private final Reckoning.Almanac almanac = new Reckoning.Almanac();
    private final Map<ConfigId, Reckoning> reckonings = new HashMap<>();

    /// What a batch believes of the instants that are due.
    ///
    /// A next fire moves in the transaction that gives its instant an outcome, so none has one,
    /// unless somebody set the next fire back or a backfill was faster. Asking costs a look into
    /// the ledger for each instant, a third of the batch; so the ledger's key is left to tell.
    enum Ledger {
        BELIEVED_OPEN,
        ASKED
    }

    private Batch(Queue queue, RetryDefaults retries, Handle handle, Ledger ledger, Instant now) {
        this.queue = queue;
        this.retries = retries;
        this.handle = handle;
        this.ledger = ledger;
        this.now = now;
    }

    /// @param configs how many due configs were looked at
    /// @param isMore whether there may be more
    record Result(int configs, boolean isMore, List<Decided> decided) {}

    /// @throws SlotTaken when an instant was believed open that is not
    static Result run(
            Queue queue,
            RetryDefaults retries,
            Handle handle,
            Ledger ledger,
            Share share,
            int size,
            Instant now) {
        return new Batch(queue, retries, handle, ledger, now).run(share, size);
    }

    private Result run(Share share, int size) {
        DueJobs.fixPlans(handle);
        List<DueConfig> locked = ScheduleStore.lockDue(handle, now, share, size);
        List<DueConfig> due = reckoned(locked);
        if (due.isEmpty()) {
            return new Result(0, false, List.of());
        }
        List<Decided> decided = decide(due);
        Slots.leave(handle, missed(due), now);
        move(due, decided);
        return new Result(due.size(), locked.size() == size || due.size() < locked.size(), decided);
    }

    /// As many of the configs as a transaction should have.
    private List<DueConfig> reckoned(List<DueConfig> locked) {
        List<DueConfig> due = new ArrayList<>();
        int instants = 0;
        for (DueConfig config : locked) {
            if (instants >= INSTANTS_MAX) {
                break;
            }
            Reckoning reckoning = Reckoning.of(config, almanac, now);
            instants += reckoning.instants().size();
            reckonings.put(config.id(), reckoning);
            due.add(config);
        }
        return due;
    }

    /// Decides under the locks of the tenants' usage rows, which come before those of flights: who
    /// settles takes them in the same order.
    private List<Decided> decide(List<DueConfig> due) {
        Map<TenantId, QuotaState> quotas = QuotaLedger.lock(handle, tenants(due), now);
        List<Candidate> candidates = candidates(due);
        Flights flights = flights(Decider.hopeful(candidates, quotas));
        List<Decided> decided = Decider.decide(candidates, quotas, flights);
        DueJobs.endFlights(handle, grounded(candidates, flights, decided));
        queue.enqueue(handle, jobs(decided, false));
        DueJobs.queueBehind(handle, jobs(decided, true));
        DueJobs.recordSkipped(handle, skipped(decided), now);
        Slots.add(handle, decided.stream().map(one -> one.slot(now)).toList());
        QuotaLedger.reserve(handle, Reservations.of(decided, quotas), now);
        return decided;
    }

    private List<Candidate> candidates(List<DueConfig> due) {
        List<Candidate> all = new ArrayList<>(due.size());
        for (DueConfig config : due) {
            List<Instant> instants = reckoning(config).instants();
            instants.forEach(instant ->
                    all.add(
                            new Candidate(
                                    config, job(config, instant), instant, instants.size() > 1)));
        }
        return ledger == Ledger.BELIEVED_OPEN ? all : open(all);
    }

    private List<Candidate> open(List<Candidate> all) {
        Set<DueInstant> decided =
                ScheduleStore.decided(handle, all.stream().map(Batch::instant).toList());
        return all.stream().filter(one -> !decided.contains(instant(one))).toList();
    }

    private static DueInstant instant(Candidate candidate) {
        return new DueInstant(candidate.config().id(), candidate.dueAt());
    }

    /// The first of a config stands for all that come due with it.
    private Flights flights(List<Candidate> hopeful) {
        Map<ConfigId, Candidate> first = new LinkedHashMap<>();
        hopeful.stream()
                .filter(Candidate::isExclusive)
                .forEach(candidate -> first.putIfAbsent(candidate.config().id(), candidate));
        return new Flights(
                DueJobs.beginFlights(
                        handle, jobs(first.values().stream().filter(one -> !one.mayWait()))),
                DueJobs.joinFlights(
                        handle, jobs(first.values().stream().filter(Candidate::mayWait))));
    }

    private List<LedgerGap> missed(List<DueConfig> due) {
        return due.stream().flatMap(config -> reckoning(config).missed().stream()).toList();
    }

    private void move(List<DueConfig> due, List<Decided> decided) {
        Map<ConfigId, Long> fired =
                decided.stream()
                        .filter(Decided::isFired)
                        .collect(
                                Collectors.groupingBy(
                                        one -> one.candidate().config().id(),
                                        Collectors.counting()));
        List<Advance> advances =
                due.stream()
                        .map(config ->
                                Advance.of(
                                        config,
                                        reckoning(config),
                                        fired.getOrDefault(config.id(), 0L).intValue(),
                                        now))
                        .toList();
        ScheduleStore.advance(handle, advances, now);
        Map<ConfigId, String> ended = new HashMap<>();
        for (Advance advance : advances) {
            if (advance.end() != null) {
                ended.put(advance.config(), advance.end());
            }
        }
        ConfigHistory.ended(handle, ended, skippedConfigs(decided), now);
    }

    private Reckoning reckoning(DueConfig config) {
        return Objects.requireNonNull(reckonings.get(config.id()));
    }

    private static Set<TenantId> tenants(List<DueConfig> due) {
        return due.stream().map(DueConfig::tenant).collect(Collectors.toSet());
    }

    private static List<Job> jobs(Stream<Candidate> candidates) {
        return candidates.map(Candidate::job).toList();
    }

    private static List<Job> jobs(List<Decided> decided, boolean waits) {
        return decided.stream()
                .filter(one -> one.isFired() && one.waits() == waits)
                .map(Decided::job)
                .toList();
    }

    /// Those that had begun a flight before others took what was left of the quota.
    private static List<Job> grounded(
            List<Candidate> candidates, Flights flights, List<Decided> decided) {
        Set<JobId> flying = flights.jobs();
        decided.stream().filter(Decided::isFired).forEach(one -> flying.remove(one.job().id()));
        return candidates.stream()
                .map(Candidate::job)
                .filter(job -> flying.contains(job.id()))
                .toList();
    }

    private static List<Skipped> skipped(List<Decided> decided) {
        return decided.stream()
                .filter(one -> !one.isFired())
                .map(one -> new Skipped(one.job(), String.valueOf(one.reason())))
                .toList();
    }

    private static List<Ran> skippedConfigs(List<Decided> decided) {
        return decided.stream()
                .filter(one -> !one.isFired())
                .map(one -> new Ran(one.candidate().config().id(), "SKIPPED", true))
                .toList();
    }

    private Job job(DueConfig config, Instant dueAt) {
        return ScheduledJob.of(
                config.tenant(),
                config.id(),
                config.template(),
                config.parameters(),
                config.priority(),
                config.retryPolicy(retries),
                dueAt,
                config.policy().overlap() != Overlap.ALLOW,
                now);
    }
}
