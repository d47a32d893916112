package dev.convergence.benchmark.engine.contestant;

import java.io.BufferedReader;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// What a script said in one line: when it began and ended, how often it ran each job, how long
/// jobs took to start.
record NodeAnswer(double began, double ended, int[] counts, List<Long> micros) {

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final double NANOS_PER_MILLI = 1e6;

    static NodeAnswer read(Process process) throws IOException {
        return read(process.inputReader());
    }

    static NodeAnswer read(BufferedReader lines) throws IOException {
        String line = lines.readLine();
        if (line == null) {
            throw new IllegalStateException("A script of Node.js ended without an answer.");
        }
        JsonNode answer = JSON.readTree(line);
        List<Long> micros = new ArrayList<>();
        answer.path("millis").forEach(millis -> micros.add((long) (millis.asDouble() * 1000)));
        return new NodeAnswer(
                answer.path("began").asDouble(0),
                answer.path("ended").asDouble(0),
                answer.path("counts").valueStream().mapToInt(JsonNode::asInt).toArray(),
                micros);
    }

    Duration took() {
        return Duration.ofNanos((long) ((ended - began) * NANOS_PER_MILLI));
    }

    /// Two processes that worked on the same jobs.
    NodeAnswer with(NodeAnswer other) {
        List<Long> all = new ArrayList<>(micros);
        all.addAll(other.micros);
        return new NodeAnswer(
                Math.min(began, other.began),
                Math.max(ended, other.ended),
                IntStream.range(0, counts.length).map(i -> counts[i] + other.counts[i]).toArray(),
                all);
    }

    Count count(int jobs) {
        int missing = (int) IntStream.of(counts).filter(times -> times == 0).count();
        int again = IntStream.of(counts).map(times -> Math.max(0, times - 1)).sum();
        return new Count(jobs, missing + jobs - counts.length, again);
    }
}
