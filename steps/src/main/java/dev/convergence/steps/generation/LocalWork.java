package dev.convergence.steps.generation;

import java.util.Map;

/// Which jobs need the local Ollama, which does one thing at a time.
public final class LocalWork {

    private LocalWork() {}

    /// Parameters that make no sense need nothing: they fail before anybody is asked.
    public static boolean isStoryLocal(Map<String, Object> params) {
        try {
            return StoryParams.of(new Params(params)).isLocal();
        } catch (InvalidParam invalid) {
            return false;
        }
    }

    public static boolean isResearchLocal(Map<String, Object> params) {
        try {
            return ResearchParams.model(new Params(params)).backEnd().isLocal();
        } catch (InvalidParam invalid) {
            return false;
        }
    }
}
