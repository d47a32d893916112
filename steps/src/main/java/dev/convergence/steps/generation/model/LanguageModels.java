package dev.convergence.steps.generation.model;

import dev.convergence.steps.generation.model.Exchange.Exchanged;
import dev.convergence.steps.generation.model.Reply.Failure;
import dev.convergence.steps.http.ApiCall;
import dev.convergence.steps.http.ApiClient;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/// The one door to all models.
public final class LanguageModels implements AutoCloseable {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final ApiKey NO_KEY = new ApiKey("");
    private static final Duration AGENT_PAUSE = Duration.ofSeconds(10);

    private static final Map<BackEnd, Protocol> PROTOCOLS =
            Map.of(
                    BackEnd.ANTHROPIC, new AnthropicMessages(),
                    BackEnd.OPENAI, new OpenAiChat(),
                    BackEnd.GEMINI, new GeminiContent(),
                    BackEnd.DEEP_RESEARCH, new GeminiContent(),
                    BackEnd.OLLAMA, new OllamaChat());

    private final ApiClient http;
    private final Endpoints endpoints;
    private final Duration agentPause;

    public LanguageModels(Endpoints endpoints, InstantSource clock) {
        this(endpoints, clock, AGENT_PAUSE);
    }

    /// @param agentPause how often the work of the research agent is looked at
    LanguageModels(Endpoints endpoints, InstantSource clock, Duration agentPause) {
        this.http = new ApiClient(clock);
        this.endpoints = endpoints;
        this.agentPause = agentPause;
    }

    /// Has a model answer a question.
    ///
    /// @throws dev.convergence.engine.step.CancelledException when the work was cancelled meanwhile
    public Reply ask(ModelName model, Question question, Asking asking) {
        BackEnd vendor = model.backEnd();
        Endpoint endpoint = endpoint(vendor);
        ApiKey key = vendor.keyVariable().isEmpty() ? NO_KEY : endpoint.key();
        return key == null ? unconfigured(vendor) : ask(model, endpoint, key, question, asking);
    }

    private static Failure unconfigured(BackEnd vendor) {
        return Failure.of(
                Fault.INTEGRATION_NOT_CONFIGURED,
                vendor.title()
                        + " cannot be asked: the operator of this installation has not set "
                        + vendor.keyVariable()
                        + ".");
    }

    private Reply ask(
            ModelName model, Endpoint endpoint, ApiKey key, Question question, Asking asking) {
        BackEnd vendor = model.backEnd();
        Protocol protocol = protocol(vendor);
        Exchange exchange =
                new Exchange(http, vendor, new Complaint(endpoint, vendor, model.name()));
        if (vendor == BackEnd.DEEP_RESEARCH) {
            return new DeepResearch(endpoint, exchange, agentPause)
                    .ask(model.name(), protocol.headers(key), question, asking);
        }
        byte[] body = JSON.writeValueAsBytes(protocol.body(model.name(), question));
        ApiCall call =
                ApiCall.post(
                        endpoint.at(protocol.route(model.name())), protocol.headers(key), body);
        return switch (exchange.send(call, asking)) {
            case Exchanged.Json json -> protocol.read(json.answer(), model.name());
            case Exchanged.Failed failed -> failed.failure();
        };
    }

    private static Protocol protocol(BackEnd vendor) {
        @Nullable Protocol protocol = PROTOCOLS.get(vendor);
        if (protocol == null) {
            throw new IllegalStateException("There is no protocol of " + vendor + ".");
        }
        return protocol;
    }

    private Endpoint endpoint(BackEnd vendor) {
        return switch (vendor) {
            case ANTHROPIC -> endpoints.anthropic();
            case OPENAI -> endpoints.openai();
            case GEMINI, DEEP_RESEARCH -> endpoints.gemini();
            case OLLAMA -> endpoints.ollama();
        };
    }

    @Override
    public void close() throws IOException {
        http.close();
    }
}
