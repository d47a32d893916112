package dev.convergence.steps.source;

import dev.convergence.steps.http.ReportApi;
import java.net.URI;
import java.nio.file.Path;

/// How the vendors' own APIs are reached.
///
/// @param openAi its base URL holds the version, as that vendor's clients have it
/// @param anthropic its base URL does not
/// @param checkpoints where pages lie until a report was read to its end, on all nodes the same
public record CloudApis(
        ReportApi api, URI openAi, URI anthropic, Path checkpoints, Patience patience) {}
