package dev.convergence.service.demo;

import dev.convergence.engine.step.DateWindow;
import dev.convergence.steps.sample.SampleBills;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// A month of generated bills in the tenants' landing zones.
///
/// They are written aside and then moved, so that a run that is under way never reads half a file;
/// those of an earlier demo go, because the same days in two files would be counted twice.
final class Bills {

    private static final int DAYS = 30;
    private static final String OWN_FOLDER = "demo";

    private final Path landing;
    private final SampleBills samples = new SampleBills();

    Bills(Path landing) {
        this.landing = landing;
    }

    void write(DemoTenant tenant, DemoPipeline pipeline, LocalDate today) {
        Path folder = landing.resolve(tenant.name()).resolve(pipeline.folder()).resolve(OWN_FOLDER);
        DateWindow window = new DateWindow(today.minusDays(DAYS), today.minusDays(1), true);
        try {
            Files.createDirectories(folder);
            Path aside = Files.createTempDirectory(landing, ".demo-");
            List<Path> written =
                    samples.write(pipeline.format(), tenant.id(), window, Map.of(), aside);
            clear(folder);
            for (Path file : written) {
                Files.move(
                        file, folder.resolve(file.getFileName()), StandardCopyOption.ATOMIC_MOVE);
            }
            Files.delete(aside);
        } catch (IOException e) {
            throw new UncheckedIOException("The bills in " + folder + " cannot be written", e);
        }
    }

    private static void clear(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
    }
}
