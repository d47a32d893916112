package dev.convergence.cli;

import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Pipelines of one tenant: what runs when, and running one now.
@Command(name = "pipeline", description = "Lists, schedules and runs pipelines.")
final class PipelineCommand {

    private static final String CONFIGS = "/scheduler/pipeline-configs";

    @Command(description = "Lists the scheduled pipelines.")
    void list(@Mixin Connection connection, @Mixin Output output, @Mixin Page page) {
        output.list(
                connection.get(As.TENANT, CONFIGS + page.query()),
                "pipelines",
                "config_id",
                "provider",
                "domain",
                "pipeline_template",
                "schedule_cron",
                "timezone",
                "is_active",
                "next_run_time");
    }

    @Command(description = "Schedules a pipeline.")
    void create(
            @Mixin Connection connection,
            @Mixin Output output,
            @Parameters(paramLabel = "TEMPLATE", description = "provider/domain/template")
                    TemplatePath template,
            @Option(names = "--cron", required = true, description = "five fields, quoted")
                    String cron,
            @Option(
                            names = "--timezone",
                            defaultValue = "UTC",
                            description = "IANA name (default: UTC)")
                    String timezone,
            @Option(
                            names = {"-p", "--parameter"},
                            paramLabel = "NAME=VALUE")
                    Map<String, String> parameters) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("provider", template.provider());
        body.put("domain", template.domain());
        body.put("pipeline_template", template.name());
        body.put("schedule_cron", cron);
        body.put("timezone", timezone);
        body.put("parameters", parameters == null ? Map.of() : parameters);
        output.one(connection.post(As.TENANT, CONFIGS, body));
    }

    @Command(description = "Runs a pipeline now.")
    void run(
            @Mixin Connection connection,
            @Mixin Output output,
            @Mixin Owner owner,
            @Parameters(paramLabel = "TEMPLATE", description = "provider/domain/template")
                    TemplatePath template,
            @Option(
                            names = {"-p", "--parameter"},
                            paramLabel = "NAME=VALUE")
                    Map<String, String> parameters) {
        String path = "/pipelines/run/" + owner.of(connection) + "/" + template.inUrl();
        Map<String, Object> body = Map.of("parameters", parameters == null ? Map.of() : parameters);
        output.one(connection.post(As.TENANT, path, body));
    }
}
