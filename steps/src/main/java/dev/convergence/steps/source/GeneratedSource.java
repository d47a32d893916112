package dev.convergence.steps.source;

import dev.convergence.engine.step.StepContext;
import dev.convergence.steps.intake.Intake;
import dev.convergence.steps.landing.LandedFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// Generated bills, for the run's days, only when somebody asks for them.
final class GeneratedSource implements Source {

    private final SampleSource samples;

    GeneratedSource(SampleSource samples) {
        this.samples = samples;
    }

    @Override
    public Fetched fetch(StepContext context, Format format) throws IOException {
        Path directory = context.workspace().directory().resolve(context.stepId() + "-sample");
        Files.createDirectories(directory);
        Intake intake = Intake.of(context);
        List<LandedFile> files = new ArrayList<>();
        for (Path file :
                samples.write(
                        format.name(),
                        context.tenant(),
                        context.window(),
                        context.parameters(),
                        directory)) {
            intake.take(Files.size(file));
            files.add(LandedFile.of("sample/" + file.getFileName(), file));
        }
        return new Fetched(files, true);
    }
}
