package dev.convergence.engine.direct;

import dev.convergence.engine.id.JobId;
import dev.convergence.engine.id.NodeId;
import dev.convergence.engine.id.TenantId;
import dev.convergence.engine.loop.Waiter;
import dev.convergence.engine.queue.Bell;
import dev.convergence.engine.queue.DirectStart;
import dev.convergence.engine.queue.DirectStart.Try;
import dev.convergence.engine.queue.Queue;
import dev.convergence.engine.queue.Reservation;
import dev.convergence.engine.queue.Reservations;
import dev.convergence.engine.worker.Worker;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Executes work while its caller waits: after what runs now, before all that waits, on this node.
///
/// The lane is reserved all the time, and given back on every path. Should the process die, the
/// reservation ends with its node.
public final class Direct {

    private static final Logger LOG = LoggerFactory.getLogger(Direct.class);

    /// How often it looks although nobody rang.
    private static final Duration LOOK = Duration.ofMillis(250);

    /// Rings come as often as all tenants' jobs do; so often nobody looks.
    private static final Duration REST = Duration.ofMillis(50);

    /// The reservation outlasts the caller's patience, so that it never ends under the work.
    private static final Duration GRACE = Duration.ofSeconds(30);

    /// How long work that was told to stop may take before the caller hears that its time is up.
    private static final Duration STOP_MAX = Duration.ofSeconds(2);

    private final Reservations reservations;
    private final DirectStart starts;
    private final Queue queue;
    private final Bell bell;
    private final Worker worker;
    private final Supplier<NodeId> node;
    private final InstantSource clock;

    public Direct(
            Reservations reservations,
            DirectStart starts,
            Queue queue,
            Bell bell,
            Worker worker,
            Supplier<NodeId> node,
            InstantSource clock) {
        this.reservations = reservations;
        this.starts = starts;
        this.queue = queue;
        this.bell = bell;
        this.worker = worker;
        this.node = node;
        this.clock = clock;
    }

    /// Waits until the tenant's lane is empty, executes, and answers when the work has ended.
    ///
    /// @param callerIsGone asked now and then while it waits; work under way goes on to its end
    /// @throws dev.convergence.engine.error.EngineException CONFLICT while the lane is reserved
    public DirectEnd execute(DirectRequest request, BooleanSupplier callerIsGone)
            throws InterruptedException {
        long deadline = System.nanoTime() + request.timeout().toNanos();
        Reservation reservation =
                reservations.reserve(
                        request.tenant(),
                        request.requestedBy(),
                        request.timeout().plus(GRACE),
                        node.get(),
                        clock.instant());
        try {
            return execute(request, reservation, deadline, callerIsGone);
        } finally {
            release(reservation);
        }
    }

    private DirectEnd execute(
            DirectRequest request,
            Reservation reservation,
            long deadline,
            BooleanSupplier callerIsGone)
            throws InterruptedException {
        Waiter waiter = new Waiter();
        Runnable wake = waiter::wake;
        bell.listen(wake);
        try {
            for (long left = left(deadline); left > 0; left = left(deadline)) {
                if (callerIsGone.getAsBoolean()) {
                    return new DirectEnd.CallerGone();
                }
                if (worker.isDraining()) {
                    return new DirectEnd.NodeStops();
                }
                CountDownLatch ended = new CountDownLatch(1);
                switch (begin(request, reservation, ended)) {
                    case Try.Started(var claim) -> {
                        return finish(request.tenant(), claim.job().id(), ended, deadline);
                    }
                    case Try.Refused(var reason) -> {
                        return new DirectEnd.Refused(reason);
                    }
                    case Try.NotYet _ -> pause(waiter, left);
                }
            }
            return new DirectEnd.TimeUp(Optional.empty());
        } finally {
            bell.unlisten(wake);
        }
    }

    private Try begin(DirectRequest request, Reservation reservation, CountDownLatch ended) {
        return worker.begin(
                () ->
                        starts.begin(
                                request.job().apply(clock.instant()), reservation.id(), node.get()),
                ended::countDown,
                clock.instant());
    }

    private static void pause(Waiter waiter, long leftNanos) throws InterruptedException {
        new Waiter().await(shorter(REST, leftNanos));
        waiter.await(shorter(LOOK, leftNanos));
    }

    private static Duration shorter(Duration pause, long leftNanos) {
        return Duration.ofNanos(Math.min(pause.toNanos(), leftNanos));
    }

    private DirectEnd finish(TenantId tenant, JobId job, CountDownLatch ended, long deadline)
            throws InterruptedException {
        if (ended.await(left(deadline), TimeUnit.NANOSECONDS)) {
            return new DirectEnd.Executed(job);
        }
        queue.cancel(tenant, job, "The time of the direct execution was up.", clock.instant());
        worker.watchLeases();
        ended.await(STOP_MAX.toMillis(), TimeUnit.MILLISECONDS);
        return new DirectEnd.TimeUp(Optional.of(job));
    }

    private static long left(long deadline) {
        return deadline - System.nanoTime();
    }

    private void release(Reservation reservation) {
        try {
            reservations.release(reservation.tenant(), reservation.id(), clock.instant());
        } catch (RuntimeException failure) {
            LOG.warn(
                    "Reservation {} could not be released; it ends at {}",
                    reservation.id(),
                    reservation.expiresAt(),
                    failure);
        }
    }
}
