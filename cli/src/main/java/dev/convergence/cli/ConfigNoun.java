package dev.convergence.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Contexts: servers and keys under names, in a file that only its owner may read.
@Command(name = "config", description = "Keeps servers and keys under names: contexts.")
final class ConfigNoun extends Noun {

    @Command(
            name = "set-context",
            description = "Makes or changes a context of what is given.",
            footer = {
                "",
                "The first context that is made is the current one.",
                "",
                "Example:",
                "  convergence config set-context local --admin-key-file data/admin.key"
            })
    void setContext(
            @Parameters(paramLabel = "CONTEXT", description = "Its name.") String name,
            @Option(names = "--use", description = "Makes it the current one, too.") boolean use) {
        Contexts known = file().read();
        Shared given = session().shared();
        String key = given.keyStdin ? session().piped() : content(given.keyFile);
        Context changes = new Context(given.server, given.tenant, key, content(given.adminKeyFile));
        Context context = known.find(name).orElse(Context.EMPTY).with(changes);
        Contexts more = known.with(name, context);
        file().write(use ? more.using(name) : more);
        session().say("Context " + name + " is in " + file().path() + ".");
    }

    private static @Nullable String content(@Nullable Path file) {
        return file == null ? null : Yaml.content(file).strip();
    }

    @Command(name = "get-contexts", description = "Lists the contexts; * marks the current one.")
    void getContexts() {
        Contexts contexts = file().read();
        List<Map<String, String>> rows =
                contexts.all().entrySet().stream()
                        .map(entry -> row(contexts, entry.getKey(), entry.getValue()))
                        .toList();
        session()
                .display()
                .own(
                        Map.of("contexts", rows),
                        "contexts",
                        "current",
                        "name",
                        "server",
                        "tenant",
                        "keys");
    }

    private static Map<String, String> row(Contexts contexts, String name, Context context) {
        String tenant = context.apiKey() == null ? "" : "tenant";
        String operator = context.adminKey() == null ? "" : "operator";
        return Map.of(
                "current", name.equals(contexts.current()) ? "*" : "",
                "name", name,
                "server", context.server() == null ? "" : context.server(),
                "tenant", context.tenant() == null ? "" : context.tenant(),
                "keys", (tenant + " " + operator).strip());
    }

    @Command(name = "current-context", description = "Shows which context is the current one.")
    void currentContext() {
        String current = file().read().current();
        if (current == null) {
            throw new Failure(
                    Exit.NOT_FOUND,
                    "There is no current context.",
                    "Choose one: convergence config use-context NAME");
        }
        session().machine().out().println(current);
    }

    @Command(name = "use-context", description = "Makes a context the current one.")
    void useContext(@Parameters(paramLabel = "CONTEXT", description = "Its name.") String name) {
        file().write(file().read().using(name));
        session().say("The current context is " + name + ".");
    }

    @Command(name = "delete-context", description = "Deletes a context with its keys.")
    void deleteContext(@Parameters(paramLabel = "CONTEXT", description = "Its name.") String name) {
        Contexts known = file().read();
        known.named(name);
        session().confirm("Delete context " + name + " and the keys in it?");
        file().write(known.without(name));
    }

    @Command(description = "Shows the file of contexts, keys masked.")
    void view() {
        Contexts masked = file().read().masked();
        boolean isJson = session().shared().format == Shared.Format.JSON;
        Machine machine = session().machine();
        machine.out()
                .print(
                        isJson
                                ? Json.pretty(Json.MAPPER.valueToTree(masked)) + "\n"
                                : Yaml.text(masked));
        machine.out().flush();
    }

    private ContextFile file() {
        return new ContextFile(session().machine().contextFile());
    }
}
