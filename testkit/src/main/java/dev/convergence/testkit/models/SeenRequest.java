package dev.convergence.testkit.models;

import java.util.Map;
import tools.jackson.databind.JsonNode;

/// A request that a model got.
///
/// @param headers by their names in lower case
public record SeenRequest(String method, String path, Map<String, String> headers, JsonNode body) {}
