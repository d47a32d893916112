package dev.convergence.cli;

import java.io.PrintWriter;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/// Tells what went wrong on stderr, and ends with the code that means it.
record Refusals(Main main) implements IParameterExceptionHandler, IExecutionExceptionHandler {

    @Override
    public int handleParseException(ParameterException wrong, String[] arguments) {
        CommandLine command = wrong.getCommandLine();
        PrintWriter err = main.machine().err();
        if (isWithoutVerb(wrong)) {
            command.usage(err);
            return Exit.USAGE.code();
        }
        String name = command.getCommandSpec().qualifiedName();
        Failure.usage(String.valueOf(wrong.getMessage()).strip()).print(err, style());
        UnmatchedArgumentException.printSuggestions(wrong, err);
        err.println("  How it is written: " + name + " --help");
        return Exit.USAGE.code();
    }

    /// A noun alone asks what its verbs are.
    private static boolean isWithoutVerb(ParameterException wrong) {
        return !wrong.getCommandLine().getSubcommands().isEmpty()
                && !(wrong instanceof UnmatchedArgumentException)
                && !(wrong instanceof MissingParameterException)
                && String.valueOf(wrong.getMessage()).contains("subcommand");
    }

    @Override
    public int handleExecutionException(Exception thrown, CommandLine command, ParseResult parsed) {
        Failure failure = thrown instanceof Failure told ? told : unexpected(thrown);
        failure.print(main.machine().err(), style());
        return failure.exit().code();
    }

    private Failure unexpected(Exception thrown) {
        if (main.shared().debug) {
            thrown.printStackTrace(main.machine().err());
        }
        return new Failure(
                Exit.FAILED,
                "This program itself failed: " + thrown,
                "--debug shows where. Please report it.");
    }

    private Style style() {
        return Style.of(main.machine().environment(), main.machine().terminal().err());
    }
}
