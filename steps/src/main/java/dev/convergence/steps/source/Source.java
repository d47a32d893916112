package dev.convergence.steps.source;

import dev.convergence.engine.step.StepContext;
import dev.convergence.steps.landing.LandedFile;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/// Where the lines of a bill come from: the landing zone, generated samples, a provider's cloud, a
/// URL.
public interface Source {

    /// Brings the files into the run's directory.
    ///
    /// @throws dev.convergence.engine.error.EngineException when they cannot be had
    Fetched fetch(StepContext context, Format format) throws IOException;

    /// @param defaults values for columns that the files leave out, by the column's name
    /// @param byDays true when the source was asked for the run's days alone, so that the load
    ///   replaces those; false when the files decide
    /// @param reports those of which an organisation's days were asked as a whole
    record Fetched(
            List<LandedFile> files,
            boolean byDays,
            Map<String, String> defaults,
            WholeReports reports) {

        Fetched(List<LandedFile> files, boolean byDays) {
            this(files, byDays, Map.of(), WholeReports.NONE);
        }
    }
}
