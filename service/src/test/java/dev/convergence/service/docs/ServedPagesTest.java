package dev.convergence.service.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The pages against a server that was started as they say: commands work, routes are described.
class ServedPagesTest {

    private static final String COMMANDS =
            "(?s)<!-- commands: start -->(.*?)<!-- commands: end -->";

    /// Ours; the pages name routes of language models, too.
    private static final String ROUTE =
            "`(?:GET|POST|PUT|PATCH|DELETE) (/(?!api/chat|chat/|v1/|v1beta/)[^`]*)`";

    private static final Set<String> METHODS = Set.of("get", "post", "put", "patch", "delete");
    private static final int SECONDS_MAX = 120;

    @TempDir static Path folder;
    private static RunningServer server;

    @BeforeAll
    static void start() throws IOException {
        Launcher.into(folder);
        Files.createDirectory(folder.resolve("templates"));
        server = RunningServer.in(folder);
    }

    @AfterAll
    static void stop() throws InterruptedException {
        server.close();
    }

    static Stream<String> pagesWithCommands() {
        return Pages.all().stream()
                .filter(page -> !Pages.found(Pages.text(page), COMMANDS).isEmpty())
                .map(page -> Pages.root().relativize(page).toString());
    }

    @ParameterizedTest
    @MethodSource("pagesWithCommands")
    void the_commands_of_a_page_bring_what_it_shows(String page) throws Exception {
        assumeTrue(has("bash") && has("curl"), "bash and curl run the pages' commands");
        String commands = Pages.found(Pages.text(page), COMMANDS).getFirst();

        String said = run(String.join("\n", Pages.found(commands, "(?s)```bash\n(.*?)```")));

        assertThat(said).contains(Pages.found(commands, "(?s)```text\n(.*?)\n```"));
    }

    @Test
    void every_route_of_the_reference_is_there() throws Exception {
        assertThat(routes(described())).isSubsetOf(served());
    }

    @Test
    void every_route_that_is_there_is_in_the_reference() throws Exception {
        Set<String> oneSpelling =
                served().stream()
                        .map(route -> route.replace("/customers", "/tenants"))
                        .map(route -> route.replace("/scheduler/customer/", "/scheduler/tenant/"))
                        .collect(Collectors.toCollection(TreeSet::new));

        assertThat(oneSpelling).isSubsetOf(routes(described()));
    }

    private static String described() {
        return Pages.all().stream()
                .filter(page -> page.startsWith(Pages.root().resolve("docs/reference")))
                .map(Pages::text)
                .collect(Collectors.joining("\n"));
    }

    private static Set<String> routes(String text) {
        return Pages.matches(text, ROUTE)
                .map(match -> match.group().replace("`", ""))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Set<String> served() throws Exception {
        JsonNode document = JsonMapper.shared().readTree(server.get("/openapi.json"));
        Set<String> routes = new TreeSet<>();
        document.path("paths")
                .forEachEntry((path, item) ->
                        item.propertyNames().stream()
                                .filter(METHODS::contains)
                                .forEach(method ->
                                        routes.add(
                                                method.toUpperCase(java.util.Locale.ROOT)
                                                        + " "
                                                        + path)));
        return routes;
    }

    private static String run(String commands) throws IOException, InterruptedException {
        Path output = Files.createTempFile(folder, "commands", ".out");
        String script = commands.replace("http://localhost:8080", server.address());
        Process shell = shell(folder, output, "bash", "-euo", "pipefail", "-c", script);
        boolean ended = shell.waitFor(SECONDS_MAX, TimeUnit.SECONDS);
        shell.destroyForcibly();
        String said = Files.readString(output);
        assertThat(ended).as("ended in time: %s", said).isTrue();
        assertThat(shell.exitValue()).as(said).isZero();
        return said;
    }

    private static boolean has(String program) throws IOException, InterruptedException {
        Path output = Files.createTempFile(folder, "has", ".out");
        return shell(folder, output, "sh", "-c", "command -v " + program).waitFor() == 0;
    }

    private static Process shell(Path in, Path output, String... command) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command).directory(in.toFile());
        Launcher.alone(builder.environment(), in);
        return builder.redirectErrorStream(true).redirectOutput(output.toFile()).start();
    }
}
