package dev.convergence.cli;

import picocli.CommandLine.Command;

/// Whose key it is that is used.
@Command(name = "whoami", description = "Shows whose key is used, and what it may do.")
final class WhoamiCommand extends Noun implements Runnable {

    @Override
    public void run() {
        show(As.EITHER, Route.of("/me"));
    }
}
