package dev.convergence.service.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/// What several stories do with jobs.
final class JobCalls {

    private JobCalls() {}

    static Map<String, Object> probe(Map<String, Object> params) {
        return Map.of("type", "probe", "params", params);
    }

    static List<String> probes(Caller caller, int count) {
        return Stream.generate(() -> id(created(caller, Map.of("type", "probe"))))
                .limit(count)
                .toList();
    }

    static JsonNode created(Caller caller, Map<String, ?> body) {
        Answer answer = caller.post("/jobs", body);
        assertThat(answer.status()).as(answer.text()).isEqualTo(201);
        return answer.json();
    }

    static String id(JsonNode job) {
        return job.path("job_id").asString();
    }

    static JsonNode job(Caller caller, String id) {
        return caller.get("/jobs/" + id).isOk().json();
    }

    static List<JsonNode> runs(Caller caller, String job) {
        return caller.get("/jobs/" + job + "/runs").isOk().list("runs");
    }

    static List<JsonNode> chain(Caller caller, String job) {
        return caller.get("/jobs/" + job + "/chain").isOk().list("jobs");
    }

    static List<String> ids(Answer list) {
        return list.isOk().list("jobs").stream().map(JobCalls::id).toList();
    }

    static JsonNode queue(Caller caller) {
        return caller.get("/scheduler/status").isOk().json();
    }

    static List<Long> positions(Caller caller, List<String> jobs) {
        return jobs.stream().map(id -> job(caller, id).path("position").asLong()).toList();
    }

    static List<Integer> ranks(Caller caller, List<String> jobs) {
        return jobs.stream().map(id -> job(caller, id).path("queue_rank").asInt()).toList();
    }

    static List<String> inOrderOfStart(Caller caller, List<String> jobs) {
        return jobs.stream()
                .map(id -> job(caller, id))
                .sorted(
                        Comparator.comparing(
                                job -> Instant.parse(job.path("started_at").asString())))
                .map(JobCalls::id)
                .toList();
    }
}
