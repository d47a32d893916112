package dev.convergence.cli;

import dev.convergence.cli.Finding.State;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/// What the doctor asks the server, and what the server says of itself and of its database.
record ServerChecks(Session session) {

    private static final Duration SKEW_MAX = Duration.ofSeconds(5);
    private static final String DETAILS = "/health/details";

    List<Finding> look() {
        List<Finding> findings = new ArrayList<>();
        Answer health;
        try {
            health = session.tried(As.ANYONE, "GET", "/health", null);
            String version = health.json().path("version").asString("?");
            findings.add(Finding.ok("server", at() + " answers, version " + version));
        } catch (Failure away) {
            findings.add(
                    Finding.fail(
                            "server",
                            String.valueOf(away.getMessage()),
                            "Start one: ./convergence serve. Another address: --server."));
            port().ifPresent(findings::add);
            return findings;
        }
        time(health).map(this::clock).ifPresent(findings::add);
        findings.addAll(details());
        return findings;
    }

    private String at() {
        return session.target().server().text();
    }

    /// Whether a server could be started here, when none answers.
    private Optional<Finding> port() {
        URI address = URI.create(at());
        if (address.getHost() == null || address.getPort() < 0 || !isHere(address.getHost())) {
            return Optional.empty();
        }
        try (ServerSocket free = new ServerSocket(address.getPort())) {
            return Optional.of(Finding.ok("port", free.getLocalPort() + " is free for a server"));
        } catch (IOException taken) {
            return Optional.of(
                    Finding.fail(
                            "port",
                            address.getPort() + " is taken by another program.",
                            "Choose another: ./convergence serve --port 8081"));
        }
    }

    private static boolean isHere(String host) {
        try {
            return InetAddress.getByName(host).isLoopbackAddress();
        } catch (UnknownHostException e) {
            return false;
        }
    }

    private static Optional<Instant> time(Answer health) {
        try {
            return health.header("Date")
                    .map(DateTimeFormatter.RFC_1123_DATE_TIME::parse)
                    .map(Instant::from);
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }

    private Finding clock(Instant server) {
        Duration skew = Duration.between(server, session.machine().clock().instant());
        String found = "this machine and the server differ by " + skew.abs().toSeconds() + " s";
        return skew.abs().compareTo(SKEW_MAX) <= 0
                ? Finding.ok("clock", found)
                : Finding.warn("clock", found, "Let both follow a time server (NTP).");
    }

    private List<Finding> details() {
        if (session.target().key(Key.Kind.OPERATOR).isEmpty()) {
            return List.of(
                    Finding.skipped(
                            "server's own checks",
                            "They need the operator's key.",
                            "Give --admin-key-file data/admin.key, or ADMIN_API_KEY."));
        }
        Answer answer = session.tried(As.OPERATOR, "GET", DETAILS, null);
        if (answer.isRefusal()) {
            return List.of(
                    Finding.fail(
                            "server's own checks",
                            String.valueOf(Problem.of(answer).getMessage()),
                            "Check the operator's key: --admin-key-file, ADMIN_API_KEY."));
        }
        return answer.json().path("checks").valueStream().map(ServerChecks::finding).toList();
    }

    private static Finding finding(JsonNode check) {
        return new Finding(
                check.path("name").asString("?"),
                State.valueOf(check.path("state").asString("WARN").toUpperCase(Locale.ROOT)),
                check.path("detail").asString(""),
                check.path("mend").asString(""));
    }
}
