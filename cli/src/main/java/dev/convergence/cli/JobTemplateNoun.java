package dev.convergence.cli;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// What jobs are made of again and again.
@Command(name = "job-template", description = "Makes, lists, changes and archives job templates.")
final class JobTemplateNoun extends Noun {

    private static final String ONE = "/job-templates/{}";

    @Command(description = "Makes a job template.")
    void create(
            @Parameters(paramLabel = "NAME", description = "Its name.") String name,
            @Option(
                            names = "--type",
                            paramLabel = "TYPE",
                            description = "story, research or probe.")
                    @Nullable String type,
            @Option(names = "--params", paramLabel = "JSON", description = "Under those of a job.")
                    @Nullable String params,
            @Mixin Fields fields) {
        Body body =
                new Body()
                        .with("name", name)
                        .with("job_type", type)
                        .with("params", params == null ? null : Json.read("--params", params));
        post(As.TENANT, Route.of("/job-templates"), fields.over(body, session().machine()));
    }

    @Command(description = "Lists job templates, the newest first.")
    void list(
            @Mixin Page page,
            @Option(names = "--archived", description = "Archived ones, too.") boolean archived) {
        list(
                As.TENANT,
                Route.of("/job-templates"),
                page.with("archived", archived ? true : null),
                "templates",
                "template_id",
                "name",
                "job_type",
                "status",
                "created_at");
    }

    @Command(description = "Shows one.")
    void show(@Parameters(paramLabel = "JOB_TEMPLATE", description = "Its id.") String template) {
        show(As.TENANT, Route.of(ONE, template));
    }

    @Command(description = "Changes what is given; for jobs made from then on.")
    void update(
            @Parameters(paramLabel = "JOB_TEMPLATE", description = "Its id.") String template,
            @Mixin Fields fields) {
        Body body = fields.over(new Body(), session().machine());
        send(As.TENANT, "PATCH", Route.of(ONE, template), body);
    }

    @Command(description = "Archives one; it makes no jobs any more.")
    void archive(
            @Parameters(paramLabel = "JOB_TEMPLATE", description = "Its id.") String template) {
        session().confirm("Archive job template " + template + " and disable its schedules?");
        delete(As.TENANT, Route.of(ONE, template));
    }
}
