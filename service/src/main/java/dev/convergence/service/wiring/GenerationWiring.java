package dev.convergence.service.wiring;

import dev.convergence.engine.artifact.Writings;
import dev.convergence.engine.sql.Database;
import dev.convergence.engine.worker.JobHandler;
import dev.convergence.service.config.ModelVendor;
import dev.convergence.service.config.ModelVendors;
import dev.convergence.service.config.Secret;
import dev.convergence.service.config.Settings;
import dev.convergence.service.generation.GenerationHandler;
import dev.convergence.steps.generation.Researcher;
import dev.convergence.steps.generation.StoryWriter;
import dev.convergence.steps.generation.model.ApiKey;
import dev.convergence.steps.generation.model.Endpoint;
import dev.convergence.steps.generation.model.Endpoints;
import dev.convergence.steps.generation.model.LanguageModels;
import java.time.InstantSource;
import java.util.List;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// Language models, and the jobs that have them write.
@Configuration(proxyBeanMethods = false)
public class GenerationWiring {

    /// A type of its own, because a list of beans would be collected from beans.
    record Handlers(List<JobHandler> all) {}

    @Bean(destroyMethod = "close")
    LanguageModels languageModels(Settings settings, InstantSource clock) {
        ModelVendors vendors = settings.models();
        return new LanguageModels(
                new Endpoints(
                        endpoint(vendors.anthropic()),
                        endpoint(vendors.openai()),
                        endpoint(vendors.gemini()),
                        endpoint(vendors.ollama())),
                clock);
    }

    private static Endpoint endpoint(ModelVendor vendor) {
        Secret key = vendor.key();
        return new Endpoint(vendor.base(), key == null ? null : new ApiKey(key.reveal()));
    }

    @Bean
    Handlers generationHandlers(LanguageModels models, Database database, InstantSource clock) {
        Writings writings = new Writings(database);
        Researcher researcher = new Researcher(models);
        return new Handlers(
                List.of(
                        GenerationHandler.stories(
                                new StoryWriter(models, researcher), writings, clock),
                        GenerationHandler.research(researcher, writings, clock)));
    }
}
