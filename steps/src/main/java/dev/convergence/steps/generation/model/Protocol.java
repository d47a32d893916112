package dev.convergence.steps.generation.model;

import java.util.Map;
import tools.jackson.databind.JsonNode;

/// How one vendor is asked and how its answer is read; nothing of it calls anybody.
interface Protocol {

    /// The route below the base URL.
    String route(String model);

    Map<String, String> headers(ApiKey key);

    /// The JSON of the request.
    Map<String, Object> body(String model, Question question);

    /// The text of an answer, or why there is none.
    ///
    /// @param model as it was asked for
    Reply read(JsonNode answer, String model);
}
