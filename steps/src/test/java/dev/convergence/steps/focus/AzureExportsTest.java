package dev.convergence.steps.focus;

import static dev.convergence.steps.LoadFixture.failure;
import static org.assertj.core.api.Assertions.assertThat;

import dev.convergence.steps.LoadFixture;
import dev.convergence.steps.LoadFixture.Bill;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AzureExportsTest {

    @TempDir Path directory;

    @Test
    void the_actual_and_the_amortized_export_of_a_month_are_no_load_together() throws Exception {
        LoadFixture fixture = new LoadFixture(directory);
        land(fixture, "azure_actual");
        land(fixture, "azure_amortized");
        assertThat(failure(fixture.load(Bill.AZURE, Map.of())))
                .contains("an actual and an amortized export");
    }

    private static void land(LoadFixture fixture, String name) throws Exception {
        String bill = "/golden/" + name + "/bill.csv";
        try (var file = AzureExportsTest.class.getResourceAsStream(bill)) {
            fixture.land(
                    "azure/cost/" + name + ".csv", Objects.requireNonNull(file).readAllBytes());
        }
    }
}
