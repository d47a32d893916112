package dev.convergence.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/// Groups of jobs of one tenant.
@Command(name = "group", description = "Puts in, lists, shows and cancels groups of jobs.")
final class GroupCommand {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    @Command(description = "Lists the newest groups.")
    void list(@Mixin Connection connection, @Mixin Output output, @Mixin Page page) {
        output.list(
                connection.get(As.TENANT, "/job-groups" + page.query()),
                "job_groups",
                "group_id",
                "name",
                "mode",
                "status",
                "created_at",
                "finished_at");
    }

    @Command(description = "Shows a group's members, every attempt of each.")
    void show(
            @Mixin Connection connection,
            @Mixin Output output,
            @Parameters(paramLabel = "GROUP", description = "its id") String group) {
        output.list(
                connection.get(As.TENANT, path(group)),
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

    @Command(description = "Puts a group in.")
    void create(
            @Mixin Connection connection,
            @Mixin Output output,
            @Parameters(paramLabel = "FILE", description = "the request as JSON") Path file) {
        output.one(connection.post(As.TENANT, "/job-groups", content(file)));
    }

    private static Object content(Path file) {
        try {
            return JSON.readTree(Files.readString(file));
        } catch (IOException | JacksonException e) {
            throw new ServerRefused(file + " is no readable JSON file.");
        }
    }

    @Command(description = "Cancels what of a group waits; what runs goes on to its end.")
    void cancel(
            @Mixin Connection connection,
            @Mixin Output output,
            @Parameters(paramLabel = "GROUP", description = "its id") String group) {
        output.one(connection.post(As.TENANT, path(group) + "/cancel", null));
    }

    private static String path(String group) {
        return "/job-groups/" + Connection.encoded(group);
    }
}
