package dev.convergence.service.config;

import java.net.URI;
import org.jspecify.annotations.Nullable;

/// The language models that generation jobs may ask.
///
/// @param openai its base URL holds the version, as that vendor's clients have it
/// @param ollama wants no key
public record ModelVendors(
        ModelVendor anthropic, ModelVendor openai, ModelVendor gemini, ModelVendor ollama) {

    /// Stands in for an address that was refused; nothing starts then.
    private static final URI NOWHERE = URI.create("http://localhost");

    static ModelVendors read(GivenValues given) {
        return new ModelVendors(
                vendor(given, Variable.ANTHROPIC_BASE_URL, Variable.ANTHROPIC_API_KEY),
                vendor(given, Variable.OPENAI_BASE_URL, Variable.OPENAI_API_KEY),
                vendor(given, Variable.GEMINI_BASE_URL, Variable.GEMINI_API_KEY),
                vendor(given, Variable.OLLAMA_BASE_URL, null));
    }

    private static ModelVendor vendor(GivenValues given, Variable base, @Nullable Variable key) {
        return new ModelVendor(
                given.readOr(base, Values::webAddress, NOWHERE),
                key == null ? null : given.read(key, Values::secret));
    }
}
