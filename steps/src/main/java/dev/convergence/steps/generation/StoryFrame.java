package dev.convergence.steps.generation;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import tools.jackson.databind.json.JsonMapper;

/// What a story is built on: a premise, and one word for each dimension of horror.
record StoryFrame(
        String name,
        String premise,
        String setting,
        String primary_fear,
        String antagonist,
        String mechanism) {

    private static final String FILE = "frames.v1.json";

    static List<StoryFrame> all() {
        try (InputStream in = StoryFrame.class.getResourceAsStream(FILE)) {
            if (in == null) {
                throw new IllegalStateException("The file " + FILE + " is not there.");
            }
            return List.of(JsonMapper.builder().build().readValue(in, StoryFrame[].class));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// One by chance, of those that were used least.
    ///
    /// @param uses how often each has been used, by name
    static StoryFrame pick(List<StoryFrame> frames, Map<String, Long> uses, RandomGenerator dice) {
        long least = frames.stream().mapToLong(frame -> frame.uses(uses)).min().orElse(0);
        List<StoryFrame> fresh =
                frames.stream().filter(frame -> frame.uses(uses) == least).toList();
        return fresh.get(dice.nextInt(fresh.size()));
    }

    private long uses(Map<String, Long> uses) {
        return uses.getOrDefault(name, 0L);
    }

    Map<String, String> core() {
        Map<String, String> core = new LinkedHashMap<>();
        core.put("setting", setting);
        core.put("primary_fear", primary_fear);
        core.put("antagonist", antagonist);
        core.put("mechanism", mechanism);
        return core;
    }
}
