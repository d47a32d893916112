package dev.convergence.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

/// Templates of pipelines: what there is, and whether one is right.
@Command(name = "template", description = "Lists, shows and checks templates of pipelines.")
final class TemplateNoun extends Noun {

    @Command(description = "Lists the templates that a tenant may run.")
    void list(
            @Option(
                            names = "--provider",
                            paramLabel = "PROVIDER",
                            description = "Those of one provider.")
                    @Nullable String provider) {
        list(
                As.TENANT,
                Route.of("/pipelines/templates") + new Query().with("provider", provider),
                "templates",
                "id",
                "version",
                "name",
                "description");
    }

    @Command(description = "Shows a template's parameters.")
    void show(
            @Parameters(paramLabel = "TEMPLATE", description = "provider/domain/template.")
                    TemplatePath template) {
        Answer answer =
                session()
                        .get(
                                As.TENANT,
                                Route.of("/pipelines/templates")
                                        + new Query().with("provider", template.provider()));
        JsonNode found =
                answer.json()
                        .path("templates")
                        .valueStream()
                        .filter(one ->
                                one.path("id").asString("").equalsIgnoreCase(template.text()))
                        .findFirst()
                        .orElseThrow(() ->
                                new Failure(
                                        Exit.NOT_FOUND,
                                        "There is no template " + template.text() + ".",
                                        "What there is: convergence template list"));
        session()
                .display()
                .list(
                        answer.with(found),
                        found,
                        "parameters",
                        List.of("name", "type", "required", "default_value", "description"));
    }

    @Command(
            description = "Checks a template, by name or as a file, with parameters.",
            footer = {
                "",
                "Example:",
                "  convergence template validate -f my-template.yml -p date=2026-01-02"
            })
    int validate(
            @Parameters(
                            paramLabel = "TEMPLATE",
                            arity = "0..1",
                            description = "provider/domain/template.")
                    @Nullable TemplatePath template,
            @Option(
                            names = {"-f", "--file"},
                            paramLabel = "FILE",
                            description = "A template in YAML; - is stdin.")
                    @Nullable String file,
            @Option(
                            names = {"-p", "--parameter"},
                            paramLabel = "NAME=VALUE",
                            description = "A parameter of the run.")
                    @Nullable Map<String, String> parameters) {
        Body body = new Body().with("parameters", Values.parameters(parameters));
        if (file != null) {
            Machine machine = session().machine();
            body.with("yaml", file.equals("-") ? machine.piped() : Yaml.content(Path.of(file)));
        } else if (template != null) {
            body.with("provider", template.provider())
                    .with("domain", template.domain())
                    .with("template_name", template.name());
        } else {
            throw Failure.usage("Name a template, or give --file.");
        }
        Answer answer =
                session().send(As.TENANT, "POST", Route.of("/pipelines/validate"), body.fields());
        session().display().one(answer);
        return answer.json().path("valid").asBoolean(true) ? 0 : Exit.FAILED.code();
    }
}
