package dev.convergence.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Makes a tenant's pipelines what files say; matched by name, and a second time nothing changes.
@Command(
        name = "apply",
        description = "Makes pipelines what YAML files say; matched by name.",
        footer = {
            "",
            "A field that a file leaves out stays as it is.",
            "",
            "Examples:",
            "  convergence apply -f pipelines/ --diff --dry-run",
            "  convergence apply -f pipelines/ --prune --yes"
        })
final class ApplyCommand extends Noun implements Runnable {

    @Option(
            names = {"-f", "--file"},
            paramLabel = "PATH",
            required = true,
            description = "A file, or a folder of .yaml, .yml and .json files.")
    private List<Path> files = List.of();

    @Option(names = "--diff", description = "Shows what differs.")
    private boolean diff;

    @Option(names = "--dry-run", description = "Asks whether it could be done, and does nothing.")
    private boolean dryRun;

    @Option(names = "--prune", description = "Deletes pipelines that no file names; asks first.")
    private boolean prune;

    private final List<Map<String, String>> done = new ArrayList<>();

    @Override
    public void run() {
        SequencedMap<String, Wanted> wanted = Wanted.read(files);
        Map<String, List<JsonNode>> there =
                new Configs(session())
                        .list().stream()
                                .collect(
                                        Collectors.groupingBy(
                                                Configs::name,
                                                LinkedHashMap::new,
                                                Collectors.toList()));
        wanted.values().forEach(one -> settle(one, there.getOrDefault(one.name(), List.of())));
        if (prune) {
            there.keySet().removeAll(wanted.keySet());
            prune(there.values().stream().flatMap(List::stream).toList());
        }
        session()
                .display()
                .own(
                        Map.of("pipelines", done),
                        "pipelines",
                        "pipeline_name",
                        "action",
                        "config_id");
    }

    private void settle(Wanted wanted, List<JsonNode> there) {
        if (there.size() > 1) {
            throw new Failure(
                    Exit.CONFLICT,
                    "The server has " + there.size() + " pipelines " + wanted.name() + ".",
                    "Rename all but one: convergence pipeline update ID --name …");
        }
        ObjectNode has =
                there.isEmpty() ? Json.MAPPER.createObjectNode() : (ObjectNode) there.getFirst();
        Difference difference = Difference.of(wanted, has);
        String id = has.path("config_id").asString("");
        if (there.isEmpty()) {
            note(difference, "created", created(wanted));
        } else if (difference.isNone()) {
            note(difference, "unchanged", id);
        } else {
            String path = "/" + Route.encoded(id);
            note(difference, "changed", dryRun ? id : sent("PATCH", path, difference.changes()));
        }
    }

    /// In a dry run the server says whether it could be made.
    private String created(Wanted wanted) {
        String id = sent("POST", dryRun ? "/dryrun" : "", wanted.fields());
        return dryRun ? "" : id;
    }

    private String sent(String method, String path, ObjectNode body) {
        Answer answer = session().send(As.EITHER, method, Configs.all(session()) + path, body);
        return answer.json().path("config_id").asString("");
    }

    private void note(Difference difference, String action, String id) {
        Map<String, String> line = new LinkedHashMap<>();
        line.put("pipeline_name", difference.name());
        line.put("action", dryRun && !difference.isNone() ? "would be " + action : action);
        line.put("config_id", id);
        if (diff && !difference.isNone()) {
            line.put("diff", difference.text());
            if (session().display().isTable()) {
                difference
                        .text()
                        .lines()
                        .map(Style::plain)
                        .forEach(session().machine().out()::println);
            }
        }
        done.add(line);
    }

    private void prune(List<JsonNode> others) {
        if (others.isEmpty()) {
            return;
        }
        String names = others.stream().map(Configs::name).collect(Collectors.joining(", "));
        if (!dryRun) {
            session().confirm("Delete " + others.size() + " that no file names: " + names + "?");
        }
        for (JsonNode other : others) {
            String id = other.path("config_id").asString("");
            if (!dryRun) {
                session()
                        .send(
                                As.EITHER,
                                "DELETE",
                                Configs.all(session()) + "/" + Route.encoded(id),
                                null);
            }
            done.add(
                    Map.of(
                            "pipeline_name",
                            Configs.name(other),
                            "action",
                            dryRun ? "would be deleted" : "deleted",
                            "config_id",
                            id));
        }
    }
}
