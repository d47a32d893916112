package dev.convergence.engine;

import dev.convergence.engine.artifact.Artifacts;
import dev.convergence.engine.backfill.Backfiller;
import dev.convergence.engine.backfill.Backfills;
import dev.convergence.engine.direct.Direct;
import dev.convergence.engine.event.EngineListener;
import dev.convergence.engine.event.Events;
import dev.convergence.engine.group.GroupBook;
import dev.convergence.engine.job.JobBook;
import dev.convergence.engine.job.LongCounts;
import dev.convergence.engine.job.RetryPolicy;
import dev.convergence.engine.jobschedule.JobSchedules;
import dev.convergence.engine.jobtemplate.JobTemplates;
import dev.convergence.engine.launch.GroupLauncher;
import dev.convergence.engine.launch.JobLauncher;
import dev.convergence.engine.launch.Launcher;
import dev.convergence.engine.launch.RetryDefaults;
import dev.convergence.engine.pipeline.PipelineConfigs;
import dev.convergence.engine.queue.Ageing;
import dev.convergence.engine.queue.Bell;
import dev.convergence.engine.queue.Claims;
import dev.convergence.engine.queue.DeadLetters;
import dev.convergence.engine.queue.DirectStart;
import dev.convergence.engine.queue.Groups;
import dev.convergence.engine.queue.HeldPermits;
import dev.convergence.engine.queue.Judge;
import dev.convergence.engine.queue.Lanes;
import dev.convergence.engine.queue.LostWork;
import dev.convergence.engine.queue.Pools;
import dev.convergence.engine.queue.Queue;
import dev.convergence.engine.queue.Repairs;
import dev.convergence.engine.queue.Reservations;
import dev.convergence.engine.queue.Settler;
import dev.convergence.engine.queue.WaitingJobs;
import dev.convergence.engine.quota.QuotaAlarms;
import dev.convergence.engine.recovery.Membership;
import dev.convergence.engine.recovery.Nodes;
import dev.convergence.engine.recovery.OrphanCleanup;
import dev.convergence.engine.recovery.Partitions;
import dev.convergence.engine.recovery.Rescuer;
import dev.convergence.engine.recovery.ThisProcess;
import dev.convergence.engine.run.Explanations;
import dev.convergence.engine.run.JobRuns;
import dev.convergence.engine.run.Pulses;
import dev.convergence.engine.run.QueueReport;
import dev.convergence.engine.run.RunLog;
import dev.convergence.engine.run.Runs;
import dev.convergence.engine.run.StepRecords;
import dev.convergence.engine.schedule.JobScheduler;
import dev.convergence.engine.schedule.Scheduler;
import dev.convergence.engine.sql.Database;
import dev.convergence.engine.subscription.Overrides;
import dev.convergence.engine.tenant.Departure;
import dev.convergence.engine.worker.JobExecutor;
import dev.convergence.engine.worker.JobHandler;
import dev.convergence.engine.worker.Journal;
import dev.convergence.engine.worker.Worker;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// All rooms of one node, wired; without threads until a [Node] runs it.
public final class Rooms {

    /// So many nodes may die under one chain of attempts before it is given up.
    private static final int NODE_LOSSES_MAX = 3;

    private final Database database;
    private final InstantSource clock;
    private final EngineConfig config;
    private final RetryDefaults retries;
    private final Map<String, JobHandler> handlers;
    private final Events events;
    private final Bell bell;
    private final Queue queue;
    private final Settler settler;
    private final Membership membership;
    private final Worker worker;
    private final Rescuer rescuer;
    private final OrphanCleanup orphanCleanup;
    private final Scheduler scheduler;
    private final Launcher launcher;
    private final PipelineConfigs configs;
    private final Reservations reservations;
    private final Groups groups;
    private final Backfills backfills;
    private final LongCounts longCounts = new LongCounts();

    /// @param clock the database's time in production; a clock set by hand in tests
    public Rooms(
            Database database,
            InstantSource clock,
            EngineConfig config,
            Collection<JobHandler> handlers,
            EngineListener listener) {
        this(database, clock, config, handlers, RetryDefaults.always(config.retry()), listener);
    }

    /// @param retries of pipelines that say nothing else, by their templates
    public Rooms(
            Database database,
            InstantSource clock,
            EngineConfig config,
            Collection<JobHandler> handlers,
            RetryDefaults retries,
            EngineListener listener) {
        this.database = database;
        this.clock = clock;
        this.config = config;
        this.retries = retries;
        this.handlers =
                handlers.stream()
                        .collect(
                                Collectors.toUnmodifiableMap(
                                        JobHandler::type, Function.identity()));
        events = new Events(listener);
        bell = new Bell(database);
        queue = new Queue(database, bell);
        settler = new Settler(database, queue, clock, events);
        Judge judge =
                new Judge(
                        config.retryJitter(),
                        NODE_LOSSES_MAX,
                        () -> ThreadLocalRandom.current().nextDouble());
        membership =
                new Membership(
                        database, ThisProcess.current(), config.slots(), config.lease(), events);
        worker =
                new Worker(
                        new Claims(database, queue, config.lease(), clock, events),
                        queue,
                        new JobExecutor(this.handlers, judge, settler, events),
                        Journal.of(database, clock),
                        membership::node,
                        config.slots());
        membership.onTakenForDead(() -> worker.loseAll("the node was taken for dead."));
        LostWork lostWork = new LostWork(database);
        HeldPermits heldPermits = new HeldPermits(database, queue);
        rescuer =
                new Rescuer(
                        database,
                        membership,
                        heldPermits,
                        worker,
                        lostWork,
                        settler,
                        judge,
                        config.lease(),
                        events);
        orphanCleanup = new OrphanCleanup(heldPermits, lostWork, settler, judge);
        scheduler = new Scheduler(database, queue, retries, events);
        launcher = new Launcher(database, queue, retries, events);
        configs = new PipelineConfigs(database);
        reservations = new Reservations(database, queue);
        groups = new Groups(database);
        backfills = new Backfills(database, configs, queue);
    }

    /// Makes the node known and recovers what dead nodes left, before anything is claimed.
    public void join() {
        new Partitions(database).make(clock.instant());
        new Pools(database).declare(config.pools());
        membership.join(clock.instant());
        rescuer.rescue(clock.instant());
        reservations.endOverdue(clock.instant());
        Departure.releaseAbandoned(database);
        queue.sweep();
    }

    NewJobs newJobs() {
        return new NewJobs(database, queue, clock);
    }

    /// Stops taking work and waits for what runs.
    ///
    /// @return false when something still ran at the end of the wait
    public boolean drain(Duration atMost) throws InterruptedException {
        boolean drained = worker.drain(atMost);
        settler.close();
        return drained;
    }

    /// Takes the node out of the table, once its heart has stopped.
    public void leave() {
        membership.leave();
    }

    public Database database() {
        return database;
    }

    public InstantSource clock() {
        return clock;
    }

    public EngineConfig config() {
        return config;
    }

    Events events() {
        return events;
    }

    public Bell bell() {
        return bell;
    }

    public Queue queue() {
        return queue;
    }

    public Groups groups() {
        return groups;
    }

    public GroupBook groupBook() {
        return new GroupBook(database);
    }

    public Reservations reservations() {
        return reservations;
    }

    public Direct direct() {
        return new Direct(
                reservations,
                new DirectStart(database, config.lease(), clock),
                queue,
                bell,
                worker,
                membership::node,
                clock);
    }

    public Lanes lanes() {
        return new Lanes(database, queue);
    }

    /// What lets old jobs pass more urgent ones; empty where priorities are strict.
    Optional<Ageing> ageing() {
        return config.ageing().map(step -> new Ageing(database, queue, step));
    }

    public DeadLetters deadLetters() {
        return new DeadLetters(database, queue);
    }

    public Repairs repairs() {
        return new Repairs(database);
    }

    public Worker worker() {
        return worker;
    }

    public Membership membership() {
        return membership;
    }

    public Nodes nodes() {
        return new Nodes(database, config.lease());
    }

    public Rescuer rescuer() {
        return rescuer;
    }

    public OrphanCleanup orphanCleanup() {
        return orphanCleanup;
    }

    public WaitingJobs waitingJobs() {
        return new WaitingJobs(database, queue);
    }

    public JobBook jobBook() {
        return new JobBook(database, longCounts);
    }

    public JobRuns jobRuns() {
        return new JobRuns(database);
    }

    public JobTemplates jobTemplates() {
        return new JobTemplates(database);
    }

    public JobSchedules jobSchedules() {
        return new JobSchedules(database);
    }

    /// @param retry of jobs that say nothing else
    public JobLauncher jobLauncher(RetryPolicy retry) {
        return new JobLauncher(database, queue, retry, this::pool);
    }

    public GroupLauncher groupLauncher(JobLauncher launcher) {
        return new GroupLauncher(database, queue, groups, launcher);
    }

    public JobScheduler jobScheduler(JobLauncher launcher) {
        return new JobScheduler(database, queue, launcher);
    }

    private @Nullable String pool(String type, Map<String, Object> params) {
        JobHandler handler = handlers.get(type);
        return handler == null ? null : handler.pool(params);
    }

    public Scheduler scheduler() {
        return scheduler;
    }

    public Launcher launcher() {
        return launcher;
    }

    public PipelineConfigs configs() {
        return configs;
    }

    public Backfills backfills() {
        return backfills;
    }

    public Backfiller backfiller() {
        return new Backfiller(database, configs, queue, backfills, retries);
    }

    public Overrides overrides() {
        return new Overrides(database);
    }

    public QuotaAlarms quotaAlarms() {
        return new QuotaAlarms(database, events, Tellings::ofQuotas);
    }

    public Explanations explanations() {
        return new Explanations(database, config.lease());
    }

    public Pulses pulses() {
        return new Pulses(database);
    }

    public Runs runs() {
        return new Runs(database, longCounts);
    }

    public QueueReport queueReport() {
        return new QueueReport(database, longCounts);
    }

    public Artifacts artifacts() {
        return new Artifacts(database);
    }

    public RunLog runLog() {
        return new RunLog(database);
    }

    public StepRecords stepRecords() {
        return new StepRecords(database);
    }
}
