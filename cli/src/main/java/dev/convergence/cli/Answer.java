package dev.convergence.cli;

import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/// What the server answered, as it was sent.
///
/// @param reply what came back, with its status
/// @param at the server's address, for people
record Answer(Reply reply, String text, String at) {

    private static final int FIRST_REFUSAL = 400;
    private static final JsonFactory FORMAT = new JsonFactory();

    int status() {
        return reply.status();
    }

    Optional<String> header(String name) {
        return reply.header(name);
    }

    boolean isRefusal() {
        return status() >= FIRST_REFUSAL;
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
                    at + " answered " + status() + " and no JSON.",
                    "Is it a convergence server? Its address: --server or CONVERGENCE_SERVER.");
        }
    }

    /// The same answer with another body.
    Answer with(JsonNode body) {
        return new Answer(reply, body.toString(), at);
    }
}
