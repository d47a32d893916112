package dev.convergence.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/// Scripts that let a shell complete commands, options and the server's ids.
@Command(
        name = "completion",
        description = "Prints a script that completes this command line in a shell.",
        footer = {
            "",
            "Examples:",
            "  source <(convergence completion bash)",
            "  convergence completion zsh > ~/.zfunc/_convergence",
            "  convergence completion fish > ~/.config/fish/completions/convergence.fish"
        })
final class CompletionCommand extends Noun implements Runnable {

    enum Shell {
        BASH,
        ZSH,
        FISH;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    @Parameters(paramLabel = "SHELL", description = "bash, zsh or fish.")
    private Shell shell = Shell.BASH;

    @Override
    public void run() {
        session().machine().out().print(script(shell));
        session().machine().out().flush();
    }

    static String script(Shell shell) {
        String file = "completion." + shell;
        try (InputStream script = CompletionCommand.class.getResourceAsStream(file)) {
            if (script == null) {
                throw new IllegalStateException(file + " is not in the program");
            }
            return new String(script.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
