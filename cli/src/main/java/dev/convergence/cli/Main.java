package dev.convergence.cli;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.io.StringReader;
import java.nio.charset.Charset;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.ScopeType;

/// `convergence <noun> <verb>`: results on stdout, everything else on stderr.
@Command(
        name = "convergence",
        description = "Speaks to a running server.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        scope = ScopeType.INHERIT)
public final class Main {

    private final Machine machine;

    @Mixin private final Shared shared = new Shared();

    private @Nullable Session session;

    Main(Machine machine) {
        this.machine = machine;
    }

    public static void main(String... arguments) {
        System.exit(
                run(
                        new Machine(
                                System.getenv(),
                                new BufferedReader(new InputStreamReader(System.in, input())),
                                new PrintWriter(System.out, true, System.out.charset()),
                                new PrintWriter(System.err, true, System.err.charset()),
                                Terminal.of(
                                        System.getProperty("convergence.terminal"),
                                        System.getenv()),
                                InstantSource.system(),
                                pause -> LockSupport.parkNanos(pause.toNanos())),
                        arguments));
    }

    private static Charset input() {
        String name = System.getProperty("stdin.encoding");
        return name == null ? Charset.defaultCharset() : Charset.forName(name);
    }

    /// For programs that have this one inside; nobody sits at their streams.
    public static int run(
            Map<String, String> environment,
            String input,
            PrintWriter out,
            PrintWriter err,
            String... arguments) {
        return run(
                new Machine(
                        environment,
                        new BufferedReader(new StringReader(input)),
                        out,
                        err,
                        Terminal.NONE,
                        InstantSource.system(),
                        pause -> LockSupport.parkNanos(pause.toNanos())),
                arguments);
    }

    static int run(Machine machine, String... arguments) {
        return program(new Main(machine), arguments).execute(arguments);
    }

    static CommandLine program(Main main, String... line) {
        Machine machine = main.machine;
        boolean isColoured = Style.of(machine.environment(), machine.terminal().out()).isColoured();
        CommandLine program = new CommandLine(main);
        Nouns.of(line).forEach(program::addSubcommand);
        program.registerConverter(TemplatePath.class, new TemplatePath.Converter())
                .registerConverter(Duration.class, new Times())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setExpandAtFiles(false) // @daily is a cron, not a file
                .setOut(machine.out())
                .setErr(machine.err())
                .setColorScheme(
                        CommandLine.Help.defaultColorScheme(
                                isColoured ? CommandLine.Help.Ansi.ON : CommandLine.Help.Ansi.OFF))
                .setParameterExceptionHandler(new Refusals(main))
                .setExecutionExceptionHandler(new Refusals(main));
        HelpText.install(program);
        return program;
    }

    Machine machine() {
        return machine;
    }

    Shared shared() {
        return shared;
    }

    Session session() {
        Session known = session;
        if (known == null) {
            known = new Session(machine, shared);
            session = known;
        }
        return known;
    }
}
