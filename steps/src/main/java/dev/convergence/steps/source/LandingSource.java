package dev.convergence.steps.source;

import dev.convergence.engine.step.StepContext;
import dev.convergence.steps.intake.Intake;
import dev.convergence.steps.landing.LandedFile;
import dev.convergence.steps.landing.LandingZone;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/// Files that somebody put into the tenant's landing zone: those that the parameter `file` names,
/// else all below `{provider}/{domain}/`.
final class LandingSource implements Source {

    private final LandingZone zone;

    LandingSource(LandingZone zone) {
        this.zone = zone;
    }

    @Override
    public Fetched fetch(StepContext context, Format format) throws IOException {
        Path directory = context.workspace().directory().resolve(context.stepId() + "-landed");
        return new Fetched(files(context, directory), context.window().asked());
    }

    private List<LandedFile> files(StepContext context, Path directory) throws IOException {
        Object file = context.parameters().get("file");
        if (file == null || file.toString().isBlank()) {
            String folder = context.provider() + "/" + context.domain();
            return zone.below(context.tenant(), folder, directory, Intake.of(context));
        }
        return zone.named(context.tenant(), file.toString(), directory, Intake.of(context));
    }
}
