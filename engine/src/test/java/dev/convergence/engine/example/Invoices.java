package dev.convergence.engine.example;

import dev.convergence.engine.Engine;
import dev.convergence.engine.id.TenantId;
import dev.convergence.engine.job.NewJob;
import dev.convergence.engine.queue.Outcome;
import dev.convergence.engine.worker.Execution;
import java.sql.Connection;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;

/// Sends invoices: four jobs, three ways to put them in.
public final class Invoices {

    private static final TenantId ACME = new TenantId("acme");

    private final CountDownLatch sent = new CountDownLatch(4);

    /// @param source of connections with `currentSchema=convergence` in their URL
    /// @return whether all invoices were sent in time
    public boolean sendAll(DataSource source) throws Exception {
        Engine.migrate(source);
        try (Engine engine = Engine.builder(source).handler("send", this::send).build()) {
            engine.lanes().open(ACME, 2); // at most two at once, on all nodes together
            engine.start();

            engine.enqueue(invoice(1).priority(9));
            engine.enqueue(List.of(invoice(2), invoice(3)));

            List<NewJob> last = List.of(invoice(4));
            try (Connection own = source.getConnection()) {
                own.setAutoCommit(false);
                // … what else belongs to this transaction …
                engine.enqueue(own, last);
                own.commit();
            }
            engine.committed(last); // starts it at once; a sweep would find it soon

            boolean inTime = sent.await(20, TimeUnit.SECONDS);
            return engine.stop(Duration.ofSeconds(5)) && inTime;
        }
    }

    private static NewJob invoice(int number) {
        return NewJob.of(ACME.value(), "send").params(Map.of("number", number));
    }

    private Outcome send(Execution execution) {
        System.out.println("Sent invoice " + execution.job().params().get("number"));
        sent.countDown();
        return Outcome.Completed.plain();
    }
}
