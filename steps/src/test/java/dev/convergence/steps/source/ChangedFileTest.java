package dev.convergence.steps.source;

import static dev.convergence.steps.LoadFixture.assertDone;
import static org.assertj.core.api.Assertions.assertThat;

import dev.convergence.engine.step.StepOutcome;
import dev.convergence.steps.LoadFixture;
import dev.convergence.steps.LoadFixture.Bill;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A file that somebody writes into while it is loaded.
class ChangedFileTest {

    private static final String HEADER =
            "BilledCost,EffectiveCost,ListCost,ContractedCost,BillingCurrency,BillingPeriodStart,"
                    + "BillingPeriodEnd,ChargePeriodStart,ChargePeriodEnd,ChargeCategory,"
                    + "ServiceName,ServiceCategory,ProviderName,PublisherName,InvoiceIssuerName,"
                    + "BillingAccountId\n";

    private static final String LINE =
            "1,1,1,1,USD,2026-11-01T00:00:00Z,2026-12-01T00:00:00Z,2026-11-20T00:00:00Z,"
                    + "2026-11-21T00:00:00Z,Usage,Compute,Compute,Any,Any,Any,a1\n";

    @TempDir Path directory;

    @Test
    void it_is_not_loaded_and_the_next_attempt_reads_it_anew() throws Exception {
        LoadFixture fixture = new LoadFixture(directory);
        Path bill = fixture.land("focus/cost/bill.csv", HEADER + LINE);
        assertDone(fixture.load(Bill.FOCUS, Map.of()));
        // The second look of the second run comes when its first bytes are read.
        AtomicInteger looks = new AtomicInteger();
        Path brought = directory.resolve("run-1/step-landed/source-00000");
        fixture.look =
                () -> {
                    if (Files.exists(brought) && looks.incrementAndGet() == 2) {
                        append(bill, LINE);
                    }
                };

        StepOutcome outcome = fixture.load(Bill.FOCUS, Map.of());

        assertThat(outcome).isInstanceOf(StepOutcome.Failed.class);
        StepOutcome.Failed failed = (StepOutcome.Failed) outcome;
        assertThat(failed.message()).contains("focus/cost/bill.csv was written to while");
        assertThat(failed.retryable()).isTrue();
        assertThat(charges(fixture)).isEqualTo("1");
        assertDone(fixture.load(Bill.FOCUS, Map.of()));
        assertThat(charges(fixture)).isEqualTo("2");
    }

    private static String charges(LoadFixture fixture) throws Exception {
        List<List<String>> rows = fixture.rows("SELECT count(*) FROM focus_cost_usage");
        return rows.getFirst().getFirst();
    }

    private static void append(Path file, String line) {
        try {
            Files.writeString(file, line, StandardOpenOption.APPEND);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }
}
