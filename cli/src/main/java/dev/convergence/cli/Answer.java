package dev.convergence.cli;

import java.net.http.HttpHeaders;
import tools.jackson.core.JacksonException;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/// What the server answered, as it was sent.
///
/// @param at the server's address, for people
record Answer(int status, String text, HttpHeaders headers, String at) {

    private static final int FIRST_REFUSAL = 400;
    private static final JsonFactory FORMAT = new JsonFactory();

    boolean isRefusal() {
        return status >= FIRST_REFUSAL;
    }

    JsonNode json() {
        if (text.isBlank()) {
            return JsonNodeFactory.instance.objectNode();
        }
        try {
            return Tree.read(FORMAT, text);
        } catch (JacksonException e) {
            throw new Failure(
                    Exit.FAILED,
                    at + " answered " + status + " and no JSON.",
                    "Is it a convergence server? Its address: --server or CONVERGENCE_SERVER.");
        }
    }

    /// The same answer with another body.
    Answer with(JsonNode body) {
        return new Answer(status, body.toString(), headers, at);
    }
}
