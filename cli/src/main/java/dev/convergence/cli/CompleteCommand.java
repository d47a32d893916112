package dev.convergence.cli;

import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// What the completion scripts ask: the words so far in, one candidate a line out.
@Command(name = "__complete", hidden = true, description = "Completes the last of these words.")
final class CompleteCommand extends Noun implements Runnable {

    @Parameters(paramLabel = "WORD", arity = "0..*", description = "The words so far.")
    private List<String> words = List.of();

    @Spec private @Nullable CommandSpec spec;

    @Override
    public void run() {
        if (spec == null) {
            throw new IllegalStateException("A command without its description");
        }
        Words typed = Words.read(spec.root(), words, session().shared());
        typed.candidates(new Ids(session()))
                .forEach(candidate -> session().machine().out().println(candidate));
    }
}
