package dev.convergence.cli;

import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/// A refusal of the server, told to a person: what, why, which fields, what to do, which request.
final class Problem {

    private Problem() {}

    static Failure of(Answer answer) {
        JsonNode body = answer.json();
        String code = body.path("code").asString("");
        String title = body.path("title").asString("The server refused");
        List<String> lines = new ArrayList<>();
        body.path("detail").asStringOpt().ifPresent(lines::add);
        body.path("errors").valueStream().map(Problem::field).forEach(lines::add);
        answer.header("Retry-After")
                .ifPresent(seconds -> lines.add("Try again after " + seconds + " s."));
        advice(answer.status(), code, lines);
        body.path("request_id").asStringOpt().ifPresent(id -> lines.add("request " + id));
        String what = code.isEmpty() ? String.valueOf(answer.status()) : code;
        return new Failure(
                Exit.ofStatus(answer.status()),
                title + " (" + what + ", " + answer.status() + ")",
                lines);
    }

    private static String field(JsonNode error) {
        return error.path("field").asString("body") + ": " + error.path("detail").asString("");
    }

    private static void advice(int status, String code, List<String> lines) {
        switch (status) {
            case 401 ->
                    lines.add(
                            "Keys: --key-file, --admin-key-file, CONVERGENCE_API_KEY, ADMIN_API_KEY,"
                                    + " or convergence config set-context.");
            case 429 -> lines.add("What is left: convergence quota show");
            default -> {}
        }
        if (code.equals("PIPELINE_NOT_FOUND")) {
            lines.add("What there is: convergence template list");
        }
    }
}
