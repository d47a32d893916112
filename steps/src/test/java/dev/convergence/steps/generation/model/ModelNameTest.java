package dev.convergence.steps.generation.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ModelNameTest {

    @ParameterizedTest
    @CsvSource({
        ", ANTHROPIC, claude-sonnet-5",
        "claude-opus-5, ANTHROPIC, claude-opus-5",
        "qwen3:30b, ANTHROPIC, qwen3:30b",
        "ollama:qwen3:30b, OLLAMA, qwen3:30b",
        "openai:gpt-5, OPENAI, gpt-5",
        "gemini:gemini-3-flash, GEMINI, gemini-3-flash",
        "deep-research, DEEP_RESEARCH, deep-research-pro-preview-12-2025"
    })
    void a_storys_model_is_claudes_unless_its_name_says_otherwise(
            @Nullable String name, BackEnd backEnd, String model) {
        assertThat(ModelName.ofStory(name)).contains(new ModelName(backEnd, model));
    }

    @ParameterizedTest
    @CsvSource({
        ", OLLAMA, qwen3:30b",
        "llama3:8b, OLLAMA, llama3:8b",
        "claude-opus-5, OLLAMA, claude-opus-5",
        "ollama:hf.co/org/model:Q4, OLLAMA, hf.co/org/model:Q4",
        "openai:gpt-5, OPENAI, gpt-5",
        "gemini, GEMINI, gemini-flash-latest",
        "gemini-3-flash, GEMINI, gemini-3-flash",
        "deep-research:agent-2, DEEP_RESEARCH, agent-2"
    })
    void a_research_jobs_model_is_the_local_ones_unless_its_name_says_otherwise(
            @Nullable String name, BackEnd backEnd, String model) {
        assertThat(ModelName.ofResearch(name)).contains(new ModelName(backEnd, model));
    }

    @ParameterizedTest
    @CsvSource({"ollama:", "openai: ", "../../etc", "a b", "gemini:..", "''", "m\tx"})
    void what_can_be_no_name_is_none(String name) {
        assertThat(ModelName.ofStory(name)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "https://api.anthropic.com, /v1/messages, https://api.anthropic.com/v1/messages",
        "https://api.anthropic.com/v1/, /v1/messages, https://api.anthropic.com/v1/messages",
        "http://localhost:11434/api, /api/chat, http://localhost:11434/api/chat",
        "https://gw.example/openai/v1, /chat/completions,"
                + " https://gw.example/openai/v1/chat/completions"
    })
    void a_base_url_may_have_the_version_or_not(String base, String route, String address) {
        assertThat(new Endpoint(URI.create(base), null).at(route)).hasToString(address);
    }
}
