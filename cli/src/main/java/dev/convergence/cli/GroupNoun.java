package dev.convergence.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

/// Groups of jobs of one tenant.
@Command(name = "group", description = "Puts in, lists, shows and cancels groups of jobs.")
final class GroupNoun extends Noun {

    private static final String ONE = "/job-groups/{}";

    @Command(
            description = "Puts a group in.",
            footer = {"", "Example:", "  convergence group create nightly.yaml"})
    void create(
            @Parameters(paramLabel = "FILE", description = "The group as YAML or JSON; - is stdin.")
                    String file) {
        JsonNode group = Yaml.read(file, session().machine());
        session().display().one(session().send(As.TENANT, "POST", Route.of("/job-groups"), group));
    }

    @Command(description = "Lists the groups, the newest first.")
    void list(@Mixin Page page) {
        list(
                As.TENANT,
                Route.of("/job-groups"),
                page,
                "job_groups",
                "group_id",
                "name",
                "mode",
                "status",
                "created_at",
                "finished_at");
    }

    @Command(description = "Shows a group's members, every attempt of each.")
    void show(@Parameters(paramLabel = "GROUP", description = "Its id.") String group) {
        list(
                As.TENANT,
                Route.of(ONE, group),
                "jobs",
                "sequence_number",
                "retry_attempt",
                "job_id",
                "job_type",
                "state",
                "started_at",
                "finished_at",
                "error");
    }

    @Command(description = "Cancels what of a group waits; what runs goes on to its end.")
    void cancel(@Parameters(paramLabel = "GROUP", description = "Its id.") String group) {
        session().confirm("Cancel group " + group + "?");
        post(As.TENANT, Route.of(ONE + "/cancel", group));
    }
}
