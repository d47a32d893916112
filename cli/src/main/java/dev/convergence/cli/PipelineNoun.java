package dev.convergence.cli;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Pipelines of one tenant: what runs when.
@Command(name = "pipeline", description = "Schedules, changes, switches and lists pipelines.")
final class PipelineNoun extends Noun {

    @Command(description = "Lists the pipelines, the newest first.")
    void list(
            @Mixin Page page,
            @Option(
                            names = "--active",
                            arity = "1",
                            paramLabel = "BOOL",
                            description = "true or false.")
                    @Nullable Boolean active) {
        list(
                As.EITHER,
                Configs.all(session()),
                page.with("is_active", active),
                "pipelines",
                "config_id",
                "pipeline_name",
                "provider",
                "domain",
                "pipeline_template",
                "schedule_cron",
                "timezone",
                "state",
                "next_run_time");
    }

    @Command(description = "Shows one with its next five runs.")
    void show(@Parameters(paramLabel = "CONFIG", description = "Its id or name.") String config) {
        show(As.EITHER, new Configs(session()).one(config));
    }

    @Command(description = "Lists what one was, change by change, the newest first.")
    void revisions(
            @Parameters(paramLabel = "CONFIG", description = "Its id or name.") String config,
            @Mixin Page page) {
        list(
                As.EITHER,
                new Configs(session()).one(config) + "/revisions",
                page,
                "revisions",
                "at",
                "action",
                "actor",
                "user_id",
                "changes",
                "revision_id");
    }

    @Command(
            description = "Schedules a pipeline.",
            footer = {
                "",
                "Example:",
                "  convergence pipeline create gcp/cost/billing --name bills --cron '0 2 * * *'"
            })
    void create(
            @Parameters(paramLabel = "TEMPLATE", description = "provider/domain/template.")
                    TemplatePath template,
            @Mixin Schedule schedule,
            @Mixin Fields fields,
            @Option(
                            names = "--dry-run",
                            description = "Shows when it would run and what, and makes nothing.")
                    boolean dryRun) {
        Body body =
                schedule.body()
                        .with("provider", template.provider())
                        .with("domain", template.domain())
                        .with("pipeline_template", template.name());
        String path = Configs.all(session()) + (dryRun ? "/dryrun" : "");
        post(As.EITHER, path, fields.over(body, session().machine()));
    }

    @Command(description = "Changes what is given; the rest stays.")
    void update(
            @Parameters(paramLabel = "CONFIG", description = "Its id or name.") String config,
            @Mixin Schedule schedule,
            @Mixin Fields fields) {
        Body body = fields.over(schedule.body(), session().machine());
        send(As.EITHER, "PATCH", new Configs(session()).one(config), body);
    }

    @Command(description = "Takes one out of the schedule and cancels its waiting runs.")
    void delete(@Parameters(paramLabel = "CONFIG", description = "Its id or name.") String config) {
        String path = new Configs(session()).one(config);
        session().confirm("Delete pipeline " + config + " and cancel its waiting runs?");
        delete(As.EITHER, path);
    }

    @Command(description = "Switches one on; it does not fire at once.")
    void enable(
            @Parameters(paramLabel = "CONFIG", description = "Its id or name.") String config,
            @Option(
                            names = "--run-missed",
                            description = "What passed meanwhile runs as its policy says.")
                    boolean runMissed) {
        post(
                As.EITHER,
                new Configs(session()).one(config)
                        + "/resume"
                        + (runMissed ? "?run_missed=true" : ""));
    }

    @Command(description = "Switches one off; it does not come due any more.")
    void disable(
            @Parameters(paramLabel = "CONFIG", description = "Its id or name.") String config) {
        post(As.EITHER, new Configs(session()).one(config) + "/pause");
    }

    @Command(description = "Runs one now: another word for run start.")
    int run(
            @Parameters(
                            paramLabel = "TEMPLATE",
                            description = "provider/domain/template, or a pipeline's id or name.")
                    String what,
            @Option(
                            names = {"-p", "--parameter"},
                            paramLabel = "NAME=VALUE",
                            description = "A parameter of the run.")
                    @Nullable Map<String, String> parameters) {
        return new RunStart(session(), what).start(parameters, new Body());
    }

    @Command(
            description = "Writes all pipelines as YAML that apply takes.",
            footer = {"", "Example:", "  convergence pipeline export > pipelines/all.yaml"})
    void export() {
        session().machine().out().print(Yaml.text(Wanted.export(new Configs(session()).list())));
        session().machine().out().flush();
    }
}
