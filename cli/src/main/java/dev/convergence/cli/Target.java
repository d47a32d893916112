package dev.convergence.cli;

import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Which server is asked, and with which keys: flag before environment before context before
/// default.
///
/// A context that is named by a flag counts as one, so it goes before the environment. Its keys are
/// sent to its own server only, so that `--server` never shows a key to somebody else.
final class Target {

    /// @param source where it was found, for people
    record Value(String text, String source) {}

    private static final Value LOCAL = new Value("http://localhost:8080", "the default");

    private final Machine machine;
    private final Shared flags;
    private final @Nullable String piped;
    private final Optional<String> name;
    private final Context context;

    Target(Machine machine, Shared flags, @Nullable String piped) {
        this.machine = machine;
        this.flags = flags;
        this.piped = piped;
        Contexts contexts = new ContextFile(machine.contextFile()).read();
        this.name =
                Optional.ofNullable(flags.context)
                        .or(() -> machine.variable("CONVERGENCE_CONTEXT"))
                        .or(() -> Optional.ofNullable(contexts.current()));
        this.context = name.map(contexts::named).orElse(Context.EMPTY);
    }

    Value server() {
        return pick("--server", flags.server, "CONVERGENCE_SERVER", Context::server)
                .map(found -> new Value(trimmed(found.text()), found.source()))
                .orElse(LOCAL);
    }

    private static String trimmed(String address) {
        return address.replaceAll("/+$", "");
    }

    /// The tenant that was named, else the one of the key, else the context's.
    Optional<Value> tenant() {
        Optional<Value> named =
                pick("--tenant", flags.tenant, "CONVERGENCE_TENANT", ignored -> null);
        return named.or(() ->
                        key(Key.Kind.TENANT)
                                .map(Key::tenant)
                                .filter(tenant -> !tenant.isEmpty())
                                .map(tenant -> new Value(tenant, "the key")))
                .or(() ->
                        Optional.ofNullable(context.tenant())
                                .map(tenant -> new Value(tenant, source())));
    }

    Optional<Key> key(Key.Kind kind) {
        return pick(kind.option, given(kind), kind.variable, own -> own(kind))
                .map(found -> Key.of(kind, found.text()))
                .filter(key -> !key.secret().isEmpty());
    }

    private @Nullable String given(Key.Kind kind) {
        if (kind == Key.Kind.TENANT && piped != null) {
            return piped;
        }
        Path file = kind == Key.Kind.TENANT ? flags.keyFile : flags.adminKeyFile;
        return file == null ? null : Yaml.content(file);
    }

    private @Nullable String own(Key.Kind kind) {
        String home = context.server() == null ? LOCAL.text() : trimmed(context.server());
        return server().text().equals(home) ? context.key(kind) : null;
    }

    private Optional<Value> pick(
            String option,
            @Nullable String flag,
            String variable,
            Function<Context, @Nullable String> field) {
        Optional<Value> first = Optional.ofNullable(flag).map(text -> new Value(text, option));
        Optional<Value> ofMachine =
                machine.variable(variable).map(text -> new Value(text, variable));
        Optional<Value> ofContext =
                Optional.ofNullable(field.apply(context)).map(text -> new Value(text, source()));
        return flags.context == null
                ? first.or(() -> ofMachine).or(() -> ofContext)
                : first.or(() -> ofContext).or(() -> ofMachine);
    }

    private String source() {
        return "context " + name.orElse("");
    }
}
