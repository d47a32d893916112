package dev.convergence.service.database;

import java.nio.file.Path;
import java.sql.SQLException;

/// A process of its own that starts the server of a folder, writes a row, says so, and stays.
final class KeepsServer {

    private KeepsServer() {}

    public static void main(String... arguments) throws SQLException, InterruptedException {
        LocalPostgres server = LocalPostgres.start(DataDirectory.open(Path.of(arguments[0])));
        Rows.write(server.address(), "child");
        System.out.println("written");
        Thread.currentThread().join();
    }
}
