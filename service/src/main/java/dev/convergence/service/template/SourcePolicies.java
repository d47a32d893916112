package dev.convergence.service.template;

import dev.convergence.engine.template.TemplatePath;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/// The least rights that a provider has to give for its bills to be read, as texts to be set in
/// there: `templates/{path}.policy.md` beside each template that reads a provider.
public final class SourcePolicies {

    private SourcePolicies() {}

    public static Optional<String> of(TemplatePath path) {
        String name = "/templates/" + path + ".policy.md";
        try (InputStream text = SourcePolicies.class.getResourceAsStream(name)) {
            return text == null
                    ? Optional.empty()
                    : Optional.of(new String(text.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
