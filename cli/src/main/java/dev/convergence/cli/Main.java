package dev.convergence.cli;

import java.io.PrintWriter;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ScopeType;

/// `convergence <noun> <verb>`: results on stdout, complaints on stderr.
///
/// Ends with 0 when it worked, 1 when the server refused or did not answer, 2 when the command line
/// makes no sense.
@Command(
        name = "convergence",
        description = "Speaks to a running server.",
        mixinStandardHelpOptions = true,
        scope = ScopeType.INHERIT,
        subcommands = {
            TenantCommand.class,
            PipelineCommand.class,
            RunCommand.class,
            SchedulerCommand.class,
            DataCommand.class,
            DeadLetterCommand.class,
            JobCommand.class,
            JobRunCommand.class
        })
public final class Main {

    private static final int REFUSED = 1;

    private Main() {}

    public static void main(String... arguments) {
        PrintWriter out = new PrintWriter(System.out, true, System.out.charset());
        PrintWriter err = new PrintWriter(System.err, true, System.err.charset());
        System.exit(run(System.getenv(), out, err, arguments));
    }

    static int run(
            Map<String, String> environment,
            PrintWriter out,
            PrintWriter err,
            String... arguments) {
        return new CommandLine(new Main(), new CommandFactory(environment))
                .registerConverter(TemplatePath.class, new TemplatePath.Converter())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setOut(out)
                .setErr(err)
                .setExecutionExceptionHandler((failure, command, parsed) -> refused(failure, err))
                .execute(arguments);
    }

    private static int refused(Exception failure, PrintWriter err) throws Exception {
        if (failure instanceof ServerRefused) {
            err.println(failure.getMessage());
            return REFUSED;
        }
        throw failure;
    }
}
