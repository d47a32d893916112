package dev.convergence.steps;

import dev.convergence.engine.step.Step;
import dev.convergence.steps.duckdb.DuckDbWarehouse;
import dev.convergence.steps.focus.FocusConvertStep;
import dev.convergence.steps.focus.FocusFormat;
import dev.convergence.steps.http.HttpSource;
import dev.convergence.steps.landing.LandingZone;
import dev.convergence.steps.publish.PublishStep;
import dev.convergence.steps.source.AiUsageFormats;
import dev.convergence.steps.source.AssessmentsFormat;
import dev.convergence.steps.source.AssetsFormat;
import dev.convergence.steps.source.AwsCurFormat;
import dev.convergence.steps.source.AzureCostFormat;
import dev.convergence.steps.source.CloudApis;
import dev.convergence.steps.source.ExtractStep;
import dev.convergence.steps.source.FindingsFormat;
import dev.convergence.steps.source.Format;
import dev.convergence.steps.source.GcpBillingFormat;
import dev.convergence.steps.source.OciCostFormat;
import dev.convergence.steps.source.PolicyStatesFormat;
import dev.convergence.steps.source.SampleSource;
import dev.convergence.steps.source.SecurityHubFormat;
import dev.convergence.steps.source.Sources;
import java.time.Duration;
import java.util.List;

/// The steps that load bills, given what they work on.
public final class StepLibrary {

    private static final List<Format> FORMATS =
            List.of(
                    GcpBillingFormat.format(),
                    AwsCurFormat.format(),
                    AzureCostFormat.format(),
                    OciCostFormat.format(),
                    FocusFormat.format(),
                    AiUsageFormats.openAi(),
                    AiUsageFormats.claude(),
                    FindingsFormat.format(),
                    PolicyStatesFormat.format(),
                    SecurityHubFormat.format(),
                    AssessmentsFormat.format(),
                    AssetsFormat.format());

    private StepLibrary() {}

    /// @param quarantineKept how long it is told what loads have left out
    public static List<Step> steps(
            DuckDbWarehouse warehouse,
            LandingZone landingZone,
            SampleSource samples,
            HttpSource http,
            CloudApis apis,
            Duration quarantineKept) {
        return List.of(
                new ExtractStep(FORMATS, new Sources(landingZone, samples, http, apis)),
                new FocusConvertStep(),
                new PublishStep(warehouse, FORMATS, quarantineKept));
    }
}
