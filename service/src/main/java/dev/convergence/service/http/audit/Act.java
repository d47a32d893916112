package dev.convergence.service.http.audit;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What a write does to what, read off its method and the pattern of its route. Pure.
///
/// @param resource the noun before the last variable, such as `channels`
/// @param verb create, replace, change, delete, or the verb at the end of the path
/// @param resourceId null when it is not in the path
/// @param beforePath where the thing can be read as it was; null when there was none
record Act(String resource, String verb, @Nullable String resourceId, @Nullable String beforePath) {

    private static final Set<String> WRITES = Set.of("POST", "PUT", "PATCH", "DELETE");

    /// POSTs that only read, and signing in and out, which anybody may try at any rate.
    private static final List<String> READS =
            List.of(
                    "/data/query",
                    "/pipelines/validate",
                    "/tenants/dryrun",
                    "/customers/dryrun",
                    "/pipelines/dryrun",
                    "/pipeline-configs/dryrun",
                    "/api/v1/session");

    private static final Set<String> VERBS_WITH_S =
            Set.of("reset-daily-quotas", "cleanup-orphaned-pipelines");

    private static final String ROOT = "/api/v1/";

    String action() {
        return resource + "." + verb;
    }

    static boolean isWrite(String method, String path) {
        return WRITES.contains(method)
                && path.startsWith(ROOT)
                && READS.stream().noneMatch(path::endsWith);
    }

    /// @param pattern of the route, with its variables
    static Act of(String method, String pattern, String path, Map<String, String> variables) {
        List<String> words = List.of(pattern.substring(ROOT.length()).split("/"));
        boolean isAction = method.equals("POST") && words.size() > 1 && isVerb(words.getLast());
        int at = noun(words, isAction ? words.size() - 2 : words.size() - 1);
        String noun = words.get(at);
        boolean isOnThing = isAction && isVariable(words.get(words.size() - 2));
        return new Act(
                noun.equals("customers") ? "tenants" : noun,
                isAction ? words.getLast() : verb(method),
                id(words, at, variables),
                before(method, path, isOnThing));
    }

    /// Where the last noun is, from a place on backwards.
    private static int noun(List<String> words, int from) {
        int at = from;
        while (at > 0 && isVariable(words.get(at))) {
            at--;
        }
        return at;
    }

    private static boolean isVariable(String word) {
        return word.startsWith("{");
    }

    /// What a POST adds to is a noun in the plural.
    private static boolean isVerb(String word) {
        boolean isPlural = word.endsWith("s") && !word.endsWith("ss");
        return !isVariable(word) && (!isPlural || VERBS_WITH_S.contains(word));
    }

    private static String verb(String method) {
        return switch (method) {
            case "PUT" -> "replace";
            case "PATCH" -> "change";
            case "DELETE" -> "delete";
            default -> "create";
        };
    }

    /// The variable right behind the noun, unless it only says whose the thing is.
    private static @Nullable String id(
            List<String> words, int noun, Map<String, String> variables) {
        String next = noun + 1 < words.size() ? words.get(noun + 1) : "";
        String name = next.replaceAll("[{}]", "");
        boolean isTenant = name.equals("tenant_id") || name.equals("customer_id");
        return isVariable(next) && (!isTenant || noun == 0) ? variables.get(name) : null;
    }

    private static @Nullable String before(String method, String path, boolean isOnThing) {
        if (isOnThing) {
            return path.substring(0, path.lastIndexOf('/'));
        }
        return method.equals("POST") ? null : path;
    }
}
