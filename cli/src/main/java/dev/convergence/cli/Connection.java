package dev.convergence.cli;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.cfg.JsonNodeFeature;
import tools.jackson.databind.json.JsonMapper;

/// Where the server is, who is asking, and the asking itself; shared by all commands.
///
/// Numbers are kept as they are written, because some are money. Keys come from the environment or
/// a file, because an argument could be read by every user of the machine.
final class Connection {

    private static final JsonMapper JSON =
            JsonMapper.builder()
                    .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
                    .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
                    .build();
    private static final Duration ANSWER = Duration.ofMinutes(5);
    private static final String KEY_MARK = "_api_";
    private static final int FIRST_REFUSAL = 400;

    private final Map<String, String> environment;
    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(10)).build();

    @Spec(Spec.Target.MIXEE)
    private @Nullable CommandSpec command;

    @Option(
            names = "--server",
            paramLabel = "URL",
            description =
                    "the server's address; else CONVERGENCE_SERVER, else http://localhost:8080")
    private @Nullable String server;

    @Option(
            names = "--admin-key-file",
            paramLabel = "FILE",
            description = "file with the operator's key; else ADMIN_API_KEY")
    private @Nullable Path adminKeyFile;

    @Option(
            names = "--api-key-file",
            paramLabel = "FILE",
            description = "file with the tenant's key; else CONVERGENCE_API_KEY")
    private @Nullable Path apiKeyFile;

    Connection(Map<String, String> environment) {
        this.environment = environment;
    }

    JsonNode get(As who, String path) {
        return send(who, request(path).GET());
    }

    JsonNode post(As who, String path, @Nullable Object body) {
        String json = JSON.writeValueAsString(body == null ? Map.of() : body);
        return send(
                who,
                request(path)
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofString(json)));
    }

    /// JSON that was given as an option.
    JsonNode json(String option, String text) {
        try {
            return JSON.readTree(text);
        } catch (JacksonException wrong) {
            throw usage(option + " is not JSON, such as {\"name\": 1}.");
        }
    }

    /// The tenant that the key belongs to: its name is the first part of the key.
    String ownTenant() {
        String key = key(As.TENANT);
        int end = key.lastIndexOf(KEY_MARK);
        if (end <= 0) {
            throw usage("The tenant's key does not tell whose it is. Give --tenant.");
        }
        return key.substring(0, end);
    }

    static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private HttpRequest.Builder request(String path) {
        String address = server == null ? environment.get("CONVERGENCE_SERVER") : server;
        String base = address == null ? "http://localhost:8080" : address.replaceAll("/+$", "");
        try {
            return HttpRequest.newBuilder(URI.create(base + "/api/v1" + path)).timeout(ANSWER);
        } catch (IllegalArgumentException e) {
            throw usage(base + " is not the address of a server, such as http://localhost:8080.");
        }
    }

    private JsonNode send(As who, HttpRequest.Builder request) {
        HttpRequest ready = request.header(who.header(), key(who)).build();
        try {
            return read(http.send(ready, BodyHandlers.ofString()));
        } catch (IOException e) {
            throw new ServerRefused(
                    "No answer from "
                            + ready.uri().getAuthority()
                            + ". Is the server running? Its address: --server or CONVERGENCE_SERVER.");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ServerRefused("Interrupted.");
        }
    }

    private static JsonNode read(HttpResponse<String> response) {
        JsonNode body = parse(response);
        if (response.statusCode() < FIRST_REFUSAL) {
            return body;
        }
        String detail = body.path("detail").asString("no reason given");
        String code = body.path("code").asString("HTTP " + response.statusCode());
        throw new ServerRefused(detail + " (" + code + ")");
    }

    private static JsonNode parse(HttpResponse<String> response) {
        try {
            return JSON.readTree(response.body());
        } catch (JacksonException e) {
            throw new ServerRefused(
                    response.uri().getAuthority()
                            + " answered "
                            + response.statusCode()
                            + " and no JSON. Is it a convergence server?");
        }
    }

    private String key(As who) {
        Path file = who == As.OPERATOR ? adminKeyFile : apiKeyFile;
        String key = file == null ? environment.get(who.variable()) : content(file);
        if (key == null || key.isBlank()) {
            throw usage(
                    "The "
                            + who.word()
                            + " key is missing. Set "
                            + who.variable()
                            + ", or give "
                            + who.option()
                            + ".");
        }
        return key.split(",", 2)[0].strip();
    }

    private String content(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw usage(file + " cannot be read.");
        }
    }

    private ParameterException usage(String message) {
        if (command == null) {
            throw new IllegalStateException("A command without its description");
        }
        return new ParameterException(command.commandLine(), message);
    }
}
