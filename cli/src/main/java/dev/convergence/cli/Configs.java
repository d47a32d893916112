package dev.convergence.cli;

import java.util.List;
import tools.jackson.databind.JsonNode;

/// A tenant's pipeline configs, found by id or by name.
record Configs(Session session) {

    private static final String ID = "[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}";

    static String all(Session session) {
        return Route.of("/scheduler/tenant/{}/pipelines", session.tenant());
    }

    /// Where one is found: what looks like an id is one, anything else is a name.
    String one(String idOrName) {
        return all(session) + "/" + Route.encoded(id(idOrName));
    }

    String id(String idOrName) {
        if (idOrName.matches(ID)) {
            return idOrName;
        }
        List<String> found =
                list().stream()
                        .filter(config -> name(config).equals(idOrName))
                        .map(config -> config.path("config_id").asString(""))
                        .toList();
        if (found.size() == 1) {
            return found.getFirst();
        }
        throw found.isEmpty()
                ? new Failure(
                        Exit.NOT_FOUND,
                        "There is no pipeline " + idOrName + ".",
                        "What there is: convergence pipeline list")
                : new Failure(
                        Exit.CONFLICT,
                        "There are " + found.size() + " pipelines " + idOrName + ".",
                        "Name one by its id: " + String.join(", ", found));
    }

    List<JsonNode> list() {
        return session.pages(As.EITHER, all(session), Page.whole(), "pipelines")
                .json()
                .path("pipelines")
                .valueStream()
                .toList();
    }

    static String name(JsonNode config) {
        return config.path("pipeline_name").asString("");
    }
}
