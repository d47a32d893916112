package dev.convergence.cli;

import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// One command's talk with the server and with the person who typed it.
final class Session {

    private static final int PAGES_MAX = 10_000;

    private final Machine machine;
    private final Shared shared;
    private final @Nullable String piped;
    private final Lazy<Target> target;
    private final Lazy<Wire> wire;

    Session(Machine machine, Shared shared) {
        this.machine = machine;
        this.shared = shared;
        // First of all, because what follows on stdin belongs to the command.
        this.piped = shared.keyStdin ? pipedKey(machine) : null;
        this.target = new Lazy<>(() -> new Target(machine, shared, piped));
        this.wire =
                new Lazy<>(
                        () -> new Wire(target.get().server(), shared.debug ? machine.err() : null));
    }

    private static String pipedKey(Machine machine) {
        String key = machine.line();
        if (key.isEmpty()) {
            throw Failure.usage("--key-stdin: there is no key on stdin.");
        }
        return key;
    }

    private static final class Lazy<T> {

        private final Supplier<T> make;
        private @Nullable T made;

        Lazy(Supplier<T> make) {
            this.make = make;
        }

        T get() {
            T known = made;
            if (known == null) {
                known = make.get();
                made = known;
            }
            return known;
        }
    }

    Machine machine() {
        return machine;
    }

    Shared shared() {
        return shared;
    }

    /// The key that was piped in, or null.
    @Nullable String piped() {
        return piped;
    }

    Target target() {
        return target.get();
    }

    Display display() {
        return new Display(machine, shared.format);
    }

    /// The tenant whose things are asked for.
    String tenant() {
        return target().tenant()
                .orElseThrow(() ->
                        Failure.usage(
                                "Whose? No tenant is named, and no tenant's key is known.",
                                "Give --tenant, or a key: --key-file, CONVERGENCE_API_KEY, or"
                                        + " convergence config set-context."))
                .text();
    }

    Answer get(As who, String path) {
        return asked(who, "GET", path, null);
    }

    Answer send(As who, String method, String path, @Nullable Object body) {
        return asked(who, method, path, body == null ? null : Json.MAPPER.writeValueAsString(body));
    }

    private Answer asked(As who, String method, String path, @Nullable String body) {
        Answer answer = tried(who, method, path, body);
        if (answer.isRefusal()) {
            throw Problem.of(answer);
        }
        return answer;
    }

    /// The answer as it is, also when it is a refusal.
    Answer tried(As who, String method, String path, @Nullable String body) {
        return wire.get().send(method, path, key(who), body);
    }

    byte[] bytes(As who, String path) {
        Reply reply = wire.get().bytes(path, key(who));
        Answer told = wire.get().answer(reply);
        if (told.isRefusal()) {
            throw Problem.of(told);
        }
        return reply.body();
    }

    /// A page of a list; with `--all` the pages that follow are joined to it.
    Answer pages(As who, String path, Page page, String plural) {
        Answer first = get(who, path + page.query(null));
        if (!page.isAll()) {
            return first;
        }
        ObjectNode body = (ObjectNode) first.json();
        ArrayNode items = body.withArray(plural);
        String next = body.path("next_cursor").asString("");
        for (int i = 1; !next.isEmpty() && i < PAGES_MAX; i++) {
            JsonNode more = get(who, path + page.query(next)).json();
            more.path(plural).forEach(items::add);
            next = more.path("next_cursor").asString("");
        }
        body.putNull("next_cursor");
        return first.with(body);
    }

    private Optional<Key> key(As who) {
        return switch (who) {
            case ANYONE -> Optional.empty();
            case TENANT -> Optional.of(held(Key.Kind.TENANT));
            case OPERATOR -> Optional.of(held(Key.Kind.OPERATOR));
            case EITHER -> Optional.of(fitting());
        };
    }

    /// A tenant's key opens that tenant's things only; for others the operator's is taken.
    private Key fitting() {
        Optional<Key> own = target().key(Key.Kind.TENANT);
        String wanted = target().tenant().map(Target.Value::text).orElse("");
        return own.filter(key -> key.tenant().isEmpty() || key.tenant().equals(wanted))
                .or(() -> target().key(Key.Kind.OPERATOR))
                .or(() -> own)
                .orElseThrow(() -> missing(Key.Kind.TENANT));
    }

    private Key held(Key.Kind kind) {
        return target().key(kind).orElseThrow(() -> missing(kind));
    }

    private static Failure missing(Key.Kind kind) {
        return new Failure(
                Exit.AUTH,
                "The " + kind.word + " key is missing.",
                "Set "
                        + kind.variable
                        + ", give "
                        + kind.option
                        + " FILE, or keep it in a context: convergence config set-context.",
                "A context's keys are sent to its own server only.");
    }

    /// Something beside the result, for the person.
    void say(String text) {
        if (!shared.quiet) {
            machine.err().println(Style.plain(text));
        }
    }

    /// Goes on only when the person says yes, or has said so before.
    void confirm(String question) {
        if (shared.yes) {
            return;
        }
        if (!machine.terminal().in() || !machine.terminal().err()) {
            throw Failure.usage(
                    question + " Nobody can be asked here.", "Give --yes to do it without asking.");
        }
        machine.err().print(Style.plain(question) + " [y/N] ");
        machine.err().flush();
        if (!machine.line().matches("(?i)y|yes")) {
            throw new Failure(Exit.FAILED, "Nothing was done.");
        }
    }
}
