package dev.convergence.steps.source;

import dev.convergence.engine.error.EngineException;
import dev.convergence.engine.step.StepContext;
import dev.convergence.steps.http.HttpSource;
import dev.convergence.steps.intake.Intake;
import dev.convergence.steps.landing.LandedFile;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// The one file that the parameter `url` names.
final class UrlSource implements Source {

    private final HttpSource http;

    UrlSource(HttpSource http) {
        this.http = http;
    }

    @Override
    public Fetched fetch(StepContext context, Format format) throws IOException {
        String url = url(context);
        Path directory = context.workspace().directory().resolve(context.stepId() + "-http");
        Files.createDirectories(directory);
        Path file = http.fetch(url, directory, Intake.of(context));
        return new Fetched(
                List.of(LandedFile.of(name(URI.create(url)), file)), context.window().asked());
    }

    private static String url(StepContext context) {
        Object url = context.parameters().get("url");
        if (url == null || url.toString().isBlank()) {
            throw EngineException.invalidField(
                    "url", "REQUIRED", "The source 'http' needs the address of a file.");
        }
        return url.toString().strip();
    }

    /// Without the query: signatures and tokens stand there. Names and passwords in front of the
    /// host were refused before.
    private static String name(URI url) {
        return url.getScheme() + "://" + url.getRawAuthority() + url.getRawPath();
    }
}
