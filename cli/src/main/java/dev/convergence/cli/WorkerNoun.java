package dev.convergence.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/// The installation's nodes as those who work.
@Command(name = "worker", description = "Lists the nodes, and keeps one from taking new work.")
final class WorkerNoun extends Noun {

    private static final String ONE = "/scheduler/nodes/{}";

    @Command(description = "Lists the nodes, with what they hold, the newest first.")
    void list(@Mixin Page page) {
        list(
                As.OPERATOR,
                Route.of("/scheduler/nodes"),
                page,
                "nodes",
                "node_id",
                "state",
                "host",
                "pid",
                "running",
                "slots",
                "started_at",
                "heartbeat_at");
    }

    @Command(description = "Shows a node.")
    void show(@Parameters(paramLabel = "NODE", description = "Its id.") String node) {
        show(As.OPERATOR, Route.of(ONE, node));
    }

    @Command(description = "Lets a node take nothing new; what it runs goes on to its end.")
    void drain(@Parameters(paramLabel = "NODE", description = "Its id.") String node) {
        session().confirm("Let node " + node + " take no new work?");
        post(As.OPERATOR, Route.of(ONE + "/drain", node));
    }

    @Command(description = "Lets a drained node take work again.")
    void resume(@Parameters(paramLabel = "NODE", description = "Its id.") String node) {
        post(As.OPERATOR, Route.of(ONE + "/resume", node));
    }
}
